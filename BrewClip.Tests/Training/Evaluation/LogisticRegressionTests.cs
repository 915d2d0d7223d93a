using BrewClip.Data;
using BrewClip.Training.Evaluation;

namespace BrewClip.Tests.Training.Evaluation;

public sealed class LogisticRegressionTests
{
    // One binary predictor has a solution in closed form: with a of n0 hits at 0 and b of n1 at 1, β0 = logit(a/n0), β1 = logit(b/n1) − β0,
    // and the variances are sums of reciprocal counts.
    [Fact]
    public void A_binary_predictor_has_the_coefficients_and_errors_of_its_odds()
    {
        List<double[]> x = [];
        List<bool> hits = [];
        Add(x, hits, 0, 30, 10);
        Add(x, hits, 1, 12, 28);
        var fit = LogisticRegression.Fit(x, hits);
        Assert.Equal(Math.Log(3), fit.Coefficients[0], 1e-8);
        Assert.Equal(Math.Log(12.0 / 28) - Math.Log(3), fit.Coefficients[1], 1e-8);
        Assert.Equal(Math.Sqrt(1 / 30.0 + 1 / 10.0), fit.StandardErrors[0], 1e-7);
        Assert.Equal(Math.Sqrt(1 / 30.0 + 1 / 10.0 + 1 / 12.0 + 1 / 28.0), fit.StandardErrors[1], 1e-7);
        Assert.Equal(0.75, fit.Probability(0), 1e-8);
        Assert.Equal(0.3, fit.Probability(1), 1e-8);
        Assert.Equal(fit.Coefficients[1] / fit.StandardErrors[1], fit.ZValues[1], 1e-12);
        Assert.InRange(fit.PseudoRSquared, 0.01, 0.99);
    }

    [Fact]
    public void At_the_solution_the_gradient_is_zero_and_it_is_the_slope_of_the_likelihood()
    {
        var random = new DeterministicRandom(3);
        double[][] x = [.. Enumerable.Range(0, 200).Select(_ => new[] { random.Between(-1, 1), random.Between(0, 3) })];
        bool[] hits = [.. x.Select(row => random.Chance(1 / (1 + Math.Exp(-(0.5 + row[0] - row[1])))))];
        var fit = LogisticRegression.Fit(x, hits);
        Assert.All(LogisticRegression.Evaluate(x, hits, fit.Coefficients).Gradient, slope => Assert.Equal(0, slope, 1e-4));
        double[] elsewhere = [0.3, -0.2, 0.1];
        var (_, gradient) = LogisticRegression.Evaluate(x, hits, elsewhere);
        for (int i = 0; i < elsewhere.Length; i++)
        {
            double[] more = [.. elsewhere], less = [.. elsewhere];
            (more[i], less[i]) = (more[i] + 1e-5, less[i] - 1e-5);
            double above = LogisticRegression.Evaluate(x, hits, more).LogLikelihood;
            double slope = (above - LogisticRegression.Evaluate(x, hits, less).LogLikelihood) / 2e-5;
            Assert.Equal(slope, gradient[i], 1e-5);
        }
    }

    // The inverse of the information by differences of the gradient: a second way to the standard errors.
    [Fact]
    public void Standard_errors_agree_with_the_curvature_by_differences()
    {
        double[][] x = [.. Enumerable.Range(0, 60).Select(i => new[] { i / 20.0 })];
        bool[] hits = [.. Enumerable.Range(0, 60).Select(i => i * 7 % 11 > i / 10)];
        var fit = LogisticRegression.Fit(x, hits);
        var information = new double[2, 2];
        for (int i = 0; i < 2; i++)
        {
            double[] more = [.. fit.Coefficients], less = [.. fit.Coefficients];
            (more[i], less[i]) = (more[i] + 1e-5, less[i] - 1e-5);
            double[] up = LogisticRegression.Evaluate(x, hits, more).Gradient, down = LogisticRegression.Evaluate(x, hits, less).Gradient;
            for (int j = 0; j < 2; j++)
            {
                information[i, j] = (down[j] - up[j]) / 2e-5;
            }
        }

        double determinant = information[0, 0] * information[1, 1] - information[0, 1] * information[1, 0];
        Assert.Equal(Math.Sqrt(information[1, 1] / determinant), fit.StandardErrors[0], 1e-5);
        Assert.Equal(Math.Sqrt(information[0, 0] / determinant), fit.StandardErrors[1], 1e-5);
    }

    [Fact]
    public void Data_without_a_finite_solution_are_refused_by_a_sentence()
    {
        double[][] x = [[0], [1], [2], [3]];
        Assert.Contains(
            "separate", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(x, [false, false, true, true])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(x, [true, true, true, true]));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1], [1], [1], [1]], [true, false, true, false]));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1], [double.NaN]], [true, false]));
    }

    // The likelihood of such data hardly grows any more long before the coefficients stop, which they never do.
    [Theory]
    [InlineData(0, 10, 10, 0, 1)]
    [InlineData(5, 5, 10, 0, 1)]
    [InlineData(5, 5, 10, 0, 1000)]
    [InlineData(30_000, 20_000, 50_000, 0, 1)]
    public void Separated_classes_are_refused_however_flat_the_likelihood_becomes(
        int hitsAtZero, int missesAtZero, int hitsAbove, int missesAbove, double above)
    {
        List<double[]> x = [];
        List<bool> hits = [];
        Add(x, hits, 0, hitsAtZero, missesAtZero);
        Add(x, hits, above, hitsAbove, missesAbove);
        Assert.Contains(
            "separate", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(x, hits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_predictor_of_any_unit_has_the_same_odds()
    {
        double[][] x = [.. Enumerable.Range(0, 60).Select(i => new[] { i / 20.0 })];
        bool[] hits = [.. Enumerable.Range(0, 60).Select(i => i * 7 % 11 > i / 10)];
        var fit = LogisticRegression.Fit(x, hits);
        foreach (double unit in (double[])[1e-4, 1e5])
        {
            var scaled = LogisticRegression.Fit([.. x.Select(row => new[] { row[0] * unit })], hits);
            Assert.Equal(fit.Coefficients[1], scaled.Coefficients[1] * unit, 1e-6);
            Assert.Equal(fit.StandardErrors[1], scaled.StandardErrors[1] * unit, 1e-6);
        }
    }

    private static void Add(List<double[]> x, List<bool> hits, double value, int hit, int missed)
    {
        for (int i = 0; i < hit + missed; i++)
        {
            x.Add([value]);
            hits.Add(i < hit);
        }
    }
}
