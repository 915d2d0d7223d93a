using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Native;

public class GemmTests
{
    // Column-major m is the width of what libtorch sees, n its rows: one row, a few, as many as each kernel takes, and ragged edges.
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 3, 2, 5 }, { 7, 1, 9 }, { 1, 7, 9 }, { 65, 33, 17 }, { 256, 14, 40 }, { 300, 1, 260 }, { 259, 5, 513 },
        { 321, 20, 390 }, { 1030, 29, 1021 }, { 5, 300, 64 }, { 256, 100, 800 },
    };

    [GemmTheory]
    [MemberData(nameof(Sizes))]
    public void Every_transposition_equals_the_plain_sums(int m, int n, int k)
    {
        foreach (char transA in "NT")
        {
            foreach (char transB in "nt")
            {
                var product = new Product(transA, transB, m, n, k, Padding: 0, Alpha: 1, Beta: 0);
                product.Check();
                (product with { Padding = 3, Alpha = -0.5f, Beta = 2 }).Check();
            }
        }
    }

    [GemmTheory]
    [InlineData(0f, 1f)]
    [InlineData(0f, 0f)]
    [InlineData(1f, 1f)]
    [InlineData(2f, -1f)]
    public void Alpha_and_beta_are_exact(float alpha, float beta)
    {
        new Product('T', 'N', 300, 20, 30, 1, alpha, beta).Check();
        new Product('N', 'N', 300, 20, 30, 1, alpha, beta).Check();
        new Product('N', 'N', 300, 20, 0, 1, alpha, beta).Check();
    }

    [GemmFact]
    public void A_beta_of_zero_forgets_what_was_there_even_when_it_is_not_a_number()
    {
        foreach (int rows in new[] { 1, 3, 20 })
        {
            float[] a = FormulaWeights.Uniform("a", 300 * 40), b = FormulaWeights.Uniform("b", rows * 40);
            var c = new float[300 * rows];
            Array.Fill(c, float.NaN);
            GemmLibrary.Multiply('T', 'N', 300, rows, 40, 1, a, 40, b, 40, 0, c, 300);
            Assert.All(c, value => Assert.True(float.IsFinite(value)));
        }
    }

    [GemmFact]
    public void An_empty_product_touches_nothing()
    {
        float[] c = [7];
        GemmLibrary.Multiply('N', 'N', 0, 1, 1, 1, [1], 1, [1], 1, 0, c, 1);
        GemmLibrary.Multiply('N', 'N', 1, 0, 1, 1, [1], 1, [1], 1, 0, c, 1);
        Assert.Equal(7, c[0]);
    }

    [GemmTheory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(40)]
    public void One_not_a_number_reaches_its_row_and_no_other(int rows)
    {
        const int Width = 300, Depth = 70;
        float[] a = FormulaWeights.Uniform("a", Width * Depth), b = FormulaWeights.Uniform("b", rows * Depth);
        b[(rows - 1) * Depth + 5] = float.NaN;
        var c = new float[Width * rows];
        GemmLibrary.Multiply('T', 'N', Width, rows, Depth, 1, a, Depth, b, Depth, 0, c, Width);
        Assert.All(c[..((rows - 1) * Width)], value => Assert.True(float.IsFinite(value)));
        Assert.All(c[((rows - 1) * Width)..], value => Assert.True(float.IsNaN(value)));
    }

    [GemmFact]
    public void Several_threads_multiply_at_once()
    {
        Parallel.For(0, 16, i => new Product("NT"[i % 2], 'N', 260 + i, 15 + i, 100 + i, 0, 1, 0).Check());
    }

    [GemmFact]
    public void The_products_of_libtorch_come_here()
    {
        using var scope = NewDisposeScope();
        long before = GemmLibrary.Calls;
        using var product = ones(30, 40).matmul(ones(40, 50));
        Assert.Equal(40, product.max().item<float>());
        long afterMatrix = GemmLibrary.Calls;
        Assert.True(afterMatrix > before, "libtorch multiplied two matrices elsewhere.");
        using var vector = ones(30, 40).mv(ones(40));
        Assert.Equal(40, vector.max().item<float>());
        Assert.True(GemmLibrary.Calls > afterMatrix, "libtorch multiplied a matrix by a vector elsewhere.");
    }

    [GemmTheory]
    [InlineData(5, 3)]
    [InlineData(300, 700)]
    public void A_vector_product_equals_the_plain_sums_for_every_increment(int m, int n)
    {
        foreach (char trans in "NT")
        {
            foreach (int increment in new[] { 1, 2, -1 })
            {
                CheckVector(trans, m, n, increment, 1, 0);
                CheckVector(trans, m, n, increment, -0.5f, 2);
            }
        }
    }

    private static void CheckVector(char trans, int m, int n, int increment, float alpha, float beta)
    {
        int lda = m + 1, step = Math.Abs(increment);
        var (length, result) = trans == 'T' ? (m, n) : (n, m);
        float[] a = FormulaWeights.Uniform("a", (long)lda * n), x = FormulaWeights.Uniform("x", length * step), y = FormulaWeights.Uniform(
            "y", result * step);
        var expected = (float[])y.Clone();
        for (int j = 0; j < result; j++)
        {
            double sum = 0;
            for (int p = 0; p < length; p++)
            {
                int at = increment > 0 ? p * step : (length - 1 - p) * step;
                sum += (double)x[at] * (trans == 'T' ? a[j * lda + p] : a[p * lda + j]);
            }

            int to = increment > 0 ? j * step : (result - 1 - j) * step;
            expected[to] = (float)(alpha * sum + beta * y[to]);
        }

        GemmLibrary.MultiplyVector(trans, m, n, alpha, a, lda, x, increment, beta, y, increment);
        Near.Equal(expected, y, 2e-6 * Math.Sqrt(length));
    }

    private sealed record Product(char TransA, char TransB, int M, int N, int K, int Padding, float Alpha, float Beta)
    {
        public void Check()
        {
            bool ta = TransA is 'T' or 't', tb = TransB is 'T' or 't';
            int lda = (ta ? K : M) + Padding, ldb = (tb ? N : K) + Padding, ldc = M + Padding;
            float[] a = FormulaWeights.Uniform("a", Math.Max(1, (long)lda * (ta ? M : K)));
            float[] b = FormulaWeights.Uniform("b", Math.Max(1, (long)ldb * (tb ? K : N)));
            float[] c = FormulaWeights.Uniform("c", (long)ldc * N);
            var expected = (float[])c.Clone();
            for (int j = 0; j < N; j++)
            {
                for (int i = 0; i < M; i++)
                {
                    double sum = 0;
                    for (int p = 0; p < K; p++)
                    {
                        sum += (double)(ta ? a[i * lda + p] : a[p * lda + i]) * (tb ? b[p * ldb + j] : b[j * ldb + p]);
                    }

                    expected[j * ldc + i] = (float)(Alpha * sum + (Beta == 0 ? 0 : Beta * c[j * ldc + i]));
                }
            }

            GemmLibrary.Multiply(TransA, TransB, M, N, K, Alpha, a, lda, b, ldb, Beta, c, ldc);
            Near.Equal(expected, c, 2e-6 * Math.Sqrt(Math.Max(1, K)));
        }
    }
}
