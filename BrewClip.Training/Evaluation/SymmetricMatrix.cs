namespace BrewClip.Training.Evaluation;

/// <summary>A symmetric positive definite matrix, factorised by Cholesky so that systems with it are solved.</summary>
internal sealed class SymmetricMatrix
{
    // A pivot smaller than this part of its diagonal element is rounding: the matrix is singular.
    private const double SmallestPivot = 1e-12;

    private readonly double[,] _lower;

    private SymmetricMatrix(double[,] lower) => _lower = lower;

    /// <summary>Factorises the matrix whose lower triangle is given; null where it is not positive definite.</summary>
    public static SymmetricMatrix? Factorise(double[,] lowerTriangle)
    {
        int size = lowerTriangle.GetLength(0);
        var lower = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double sum = lowerTriangle[row, column];
                for (int k = 0; k < column; k++)
                {
                    sum -= lower[row, k] * lower[column, k];
                }

                if (row == column && !(sum > SmallestPivot * lowerTriangle[row, row]))
                {
                    return null;
                }

                lower[row, column] = row == column ? Math.Sqrt(sum) : sum / lower[column, column];
            }
        }

        return new SymmetricMatrix(lower);
    }

    /// <summary>x where this matrix times x is <paramref name="right"/>.</summary>
    public double[] Solve(double[] right)
    {
        double[] x = [.. right];
        for (int row = 0; row < x.Length; row++)
        {
            for (int k = 0; k < row; k++)
            {
                x[row] -= _lower[row, k] * x[k];
            }

            x[row] /= _lower[row, row];
        }

        for (int row = x.Length - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < x.Length; k++)
            {
                x[row] -= _lower[k, row] * x[k];
            }

            x[row] /= _lower[row, row];
        }

        return x;
    }
}
