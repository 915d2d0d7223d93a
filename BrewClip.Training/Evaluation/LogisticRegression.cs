namespace BrewClip.Training.Evaluation;

/// <summary>
/// Logistic regression by maximum likelihood, with Newton's method (iteratively reweighted least squares): P(hit) = 1 / (1 + exp(−β·x)),
/// where x begins with a constant 1.
/// </summary>
public sealed record LogisticRegression
{
    private const int MaxIterations = 100;
    private const double Tolerance = 1e-10;

    // A Newton step that still moves some sample's log-odds by more is no end: on separated data each moves them by about 1, for ever,
    // while the likelihood hardly changes any more.
    private const double LargestLastStep = 1e-5;

    // Where a log-odds passes this, the data are separated, or as good as: the likelihood has no maximum, and β runs off.
    private const double LargestLogOdds = 30;

    private LogisticRegression()
    {
    }

    /// <summary>β: the intercept first, then one for each predictor, in log-odds for each unit of it.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>Standard errors of β, from the inverse of the observed information.</summary>
    public required IReadOnlyList<double> StandardErrors { get; init; }

    /// <summary>Wald's z: each coefficient in its standard errors.</summary>
    public IReadOnlyList<double> ZValues => [.. Coefficients.Zip(StandardErrors, (coefficient, error) => coefficient / error)];

    /// <summary>The log likelihood at β.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The log likelihood with the intercept alone.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>McFadden's R²: 1 − ratio of the two log likelihoods.</summary>
    public double PseudoRSquared => NullLogLikelihood == 0 ? 0 : 1 - LogLikelihood / NullLogLikelihood;

    /// <summary>Newton steps taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>The probability of a hit.</summary>
    /// <param name="predictors">One number for each predictor, without the constant.</param>
    public double Probability(params ReadOnlySpan<double> predictors)
    {
        double logOdds = Coefficients[0];
        for (int i = 0; i < predictors.Length; i++)
        {
            logOdds += Coefficients[i + 1] * predictors[i];
        }

        return Logistic(logOdds);
    }

    /// <summary>Fits β.</summary>
    /// <param name="predictors">For each sample its numbers, without the constant; all of one length.</param>
    /// <param name="hits">For each sample whether it hit.</param>
    /// <exception cref="ArgumentException">
    /// The lists differ in length, all samples hit or none does, a number is not finite, the predictors depend on one another, or they
    /// separate hits from misses, or some of one kind from the rest, so that no finite β is the most likely.
    /// </exception>
    public static LogisticRegression Fit(IReadOnlyList<double[]> predictors, IReadOnlyList<bool> hits)
    {
        Check(predictors, hits);
        int size = predictors[0].Length + 1;
        var beta = new double[size];
        double previous = double.NegativeInfinity;
        for (int iteration = 1; iteration <= MaxIterations; iteration++)
        {
            var (gradient, information, likelihood) = Derivatives(predictors, hits, beta);
            var factor = SymmetricMatrix.Factorise(information) ?? throw (iteration == 1
                ? new ArgumentException(
                    "The predictors depend on one another or are constant: their coefficients cannot be told apart.", nameof(predictors))
                : Separated());
            double[] step = factor.Solve(gradient);
            if (Math.Abs(
                likelihood - previous) <= Tolerance * (Math.Abs(likelihood) + 1) && gradient.Max(Math.Abs) < 1e-6 * predictors.Count
                && predictors.Max(row => Math.Abs(LogOdds(row, step))) < LargestLastStep)
            {
                return Result(beta, factor, likelihood, hits, iteration - 1);
            }

            previous = likelihood;
            beta = Advance(predictors, hits, beta, step, likelihood);
        }

        throw new ArgumentException($"Newton's method did not settle within {MaxIterations} steps.", nameof(predictors));
    }

    /// <summary>The log likelihood of β and its gradient: what a test or another method may check against.</summary>
    /// <returns>The log likelihood, and its derivative by each coefficient.</returns>
    public static (double LogLikelihood, double[] Gradient) Evaluate(
        IReadOnlyList<double[]> predictors, IReadOnlyList<bool> hits, IReadOnlyList<double> coefficients)
    {
        var (gradient, _, likelihood) = Derivatives(predictors, hits, [.. coefficients]);
        return (likelihood, gradient);
    }

    // A full Newton step, halved while it makes the data less likely.
    private static double[] Advance(
        IReadOnlyList<double[]> predictors, IReadOnlyList<bool> hits, double[] beta, double[] step, double likelihood)
    {
        for (double scale = 1; ; scale /= 2)
        {
            double[] next = [.. beta.Zip(step, (value, change) => value + scale * change)];
            if (scale < 1e-8 || Derivatives(predictors, hits, next).LogLikelihood >= likelihood - Tolerance * (Math.Abs(likelihood) + 1))
            {
                if (predictors.Max(row => Math.Abs(LogOdds(row, next))) > LargestLogOdds && next.Max(Math.Abs) > LargestLogOdds / 2)
                {
                    throw Separated();
                }

                return next;
            }
        }
    }

    private static ArgumentException Separated() =>
        new("The predictors separate hits from misses, or some of one kind from the rest: no finite coefficients are the most likely.");

    private static LogisticRegression Result(
        double[] beta, SymmetricMatrix factor, double likelihood, IReadOnlyList<bool> hits, int iterations)
    {
        double share = (double)hits.Count(hit => hit) / hits.Count;
        return new LogisticRegression
        {
            Coefficients = beta,
            StandardErrors = [.. Enumerable.Range(0, beta.Length).Select(i => Math.Sqrt(factor.Solve(Unit(i, beta.Length))[i]))],
            LogLikelihood = likelihood,
            NullLogLikelihood = hits.Count * (share * Math.Log(share) + (1 - share) * Math.Log(1 - share)),
            Iterations = iterations,
        };
    }

    private static (double[] Gradient, double[,] Information, double LogLikelihood) Derivatives(
        IReadOnlyList<double[]> predictors, IReadOnlyList<bool> hits, double[] beta)
    {
        int size = beta.Length;
        var gradient = new double[size];
        var information = new double[size, size];
        double likelihood = 0;
        var x = new double[size];
        x[0] = 1;
        for (int i = 0; i < predictors.Count; i++)
        {
            predictors[i].CopyTo(x, 1);
            double logOdds = LogOdds(predictors[i], beta), probability = Logistic(logOdds);
            likelihood -= SoftPlus(hits[i] ? -logOdds : logOdds);
            double residual = (hits[i] ? 1 : 0) - probability, weight = probability * (1 - probability);
            for (int row = 0; row < size; row++)
            {
                gradient[row] += residual * x[row];
                for (int column = 0; column <= row; column++)
                {
                    information[row, column] += weight * x[row] * x[column];
                }
            }
        }

        return (gradient, information, likelihood);
    }

    private static double LogOdds(double[] row, double[] beta)
    {
        double sum = beta[0];
        for (int i = 0; i < row.Length; i++)
        {
            sum += beta[i + 1] * row[i];
        }

        return sum;
    }

    private static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    // log(1 + exp(x)) without overflow.
    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double[] Unit(int position, int length)
    {
        var unit = new double[length];
        unit[position] = 1;
        return unit;
    }

    private static void Check(IReadOnlyList<double[]> predictors, IReadOnlyList<bool> hits)
    {
        if (predictors.Count != hits.Count || hits.Distinct().Count() != 2)
        {
            throw new ArgumentException(
                $"{predictors.Count} samples with {hits.Count(hit => hit)} hits among {hits.Count} are given: as many of both are needed, "
                + "and both hits and misses.");
        }

        if (predictors.Any(row => row.Length != predictors[0].Length || row.Any(value => !double.IsFinite(value))))
        {
            throw new ArgumentException(
                "A sample has another number of predictors than the first, or one that is no finite number.", nameof(predictors));
        }
    }
}
