using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Tensors;

public class PointwiseTests
{
    private static readonly double[] Samples = [-2.5, -1.5, -0.75, -0.2, 0.3, 0.5, 0.9, 1.7, 2.5];

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Operator, Func<double, double> Plain)> Unary = new()
    {
        ["abs"] = (x => x.abs(), Math.Abs),
        ["ceil"] = (x => x.ceil(), Math.Ceiling),
        ["exp"] = (x => x.exp(), Math.Exp),
        ["exp2"] = (x => x.exp2(), x => Math.Pow(2, x)),
        ["expm1"] = (x => x.expm1(), x => Math.Exp(x) - 1),
        ["floor"] = (x => x.floor(), Math.Floor),
        ["frac"] = (x => x.frac(), x => x - Math.Truncate(x)),
        ["log"] = (x => x.abs().log(), x => Math.Log(Math.Abs(x))),
        ["log10"] = (x => x.abs().log10(), x => Math.Log10(Math.Abs(x))),
        ["log2"] = (x => x.abs().log2(), x => Math.Log2(Math.Abs(x))),
        ["log1p"] = (x => x.abs().log1p(), x => Math.Log(1 + Math.Abs(x))),
        ["neg"] = (x => x.neg(), x => -x),
        ["minus"] = (x => -x, x => -x),
        ["reciprocal"] = (x => x.reciprocal(), x => 1 / x),
        ["sqrt"] = (x => x.abs().sqrt(), x => Math.Sqrt(Math.Abs(x))),
        ["rsqrt"] = (x => x.abs().rsqrt(), x => 1 / Math.Sqrt(Math.Abs(x))),
        ["square"] = (x => x.square(), x => x * x),
        ["sign"] = (x => x.sign(), x => Math.Sign(x)),
        ["trunc"] = (x => x.trunc(), Math.Truncate),
        ["round"] = (x => x.round(), x => Math.Round(x, MidpointRounding.ToEven)),
        ["round decimals"] = (x => x.round(1), x => Math.Round(x, 1, MidpointRounding.ToEven)),
        ["sigmoid"] = (x => x.sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ["erf"] = (x => x.erf(), Erf),
        ["erfc"] = (x => x.erfc(), x => 1 - Erf(x)),
        ["sin"] = (x => x.sin(), Math.Sin),
        ["cos"] = (x => x.cos(), Math.Cos),
        ["tan"] = (x => x.tan(), Math.Tan),
        ["asin"] = (x => (x / 3).asin(), x => Math.Asin(x / 3)),
        ["acos"] = (x => (x / 3).acos(), x => Math.Acos(x / 3)),
        ["atan"] = (x => x.atan(), Math.Atan),
        ["sinh"] = (x => x.sinh(), Math.Sinh),
        ["cosh"] = (x => x.cosh(), Math.Cosh),
        ["tanh"] = (x => x.tanh(), Math.Tanh),
        ["relu"] = (x => x.relu(), x => Math.Max(x, 0)),
        ["silu"] = (x => x.silu(), x => x / (1 + Math.Exp(-x))),
        ["gelu"] = (x => x.gelu(), x => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)))),
        ["clamp"] = (x => x.clamp(-1, 1.5), x => Math.Clamp(x, -1, 1.5)),
        ["clamp below"] = (x => x.clamp(max: 0.5), x => Math.Min(x, 0.5)),
        ["clamp_min"] = (x => x.clamp_min(0.4), x => Math.Max(x, 0.4)),
        ["pow"] = (x => x.pow(3), x => x * x * x),
        ["scalar power"] = (x => x.abs().pow(0.5), x => Math.Sqrt(Math.Abs(x))),
        ["add scalar"] = (x => x + 2, x => x + 2),
        ["sub from scalar"] = (x => 2.5 - x, x => 2.5 - x),
        ["scalar over"] = (x => 2 / x, x => 2 / x),
        ["remainder"] = (x => x % 2, x => x - (2 * Math.Floor(x / 2))),
        ["fmod"] = (x => x.fmod(2), x => x % 2),
        ["floor_divide"] = (x => x.floor_divide(2), x => Math.Floor(x / 2)),
        ["div rounded"] = (x => x.div(0.7, RoundingMode.trunc), x => Math.Truncate(x / 0.7)),
        ["add alpha"] = (x => x.add(x, 3), x => 4 * x),
        ["nan_to_num"] = (x => (x * double.NaN).nan_to_num(7), _ => 7),
        ["logit"] = (x => x.sigmoid().logit(), x => x),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Operator, Func<double, double, double> Plain)> Binary = new()
    {
        ["+"] = ((x, y) => x + y, (x, y) => x + y),
        ["-"] = ((x, y) => x - y, (x, y) => x - y),
        ["*"] = ((x, y) => x * y, (x, y) => x * y),
        ["/"] = ((x, y) => x / y, (x, y) => x / y),
        ["%"] = ((x, y) => x % y, (x, y) => x - (y * Math.Floor(x / y))),
        ["pow"] = ((x, y) => x.abs().pow(y), (x, y) => Math.Pow(Math.Abs(x), y)),
        ["maximum"] = (maximum, Math.Max),
        ["minimum"] = (minimum, Math.Min),
        ["atan2"] = (atan2, Math.Atan2),
        ["hypot"] = (hypot, (x, y) => Math.Sqrt((x * x) + (y * y))),
        ["logaddexp"] = (logaddexp, (x, y) => Math.Log(Math.Exp(x) + Math.Exp(y))),
        ["=="] = ((x, y) => x == y, (x, y) => x == y ? 1 : 0),
        ["!="] = ((x, y) => x != y, (x, y) => x != y ? 1 : 0),
        ["<"] = ((x, y) => x < y, (x, y) => x < y ? 1 : 0),
        ["<="] = ((x, y) => x <= y, (x, y) => x <= y ? 1 : 0),
        [">"] = ((x, y) => x > y, (x, y) => x > y ? 1 : 0),
        [">="] = ((x, y) => x >= y, (x, y) => x >= y ? 1 : 0),
        ["addcmul"] = ((x, y) => x.addcmul(x, y, 2), (x, y) => x + (2 * x * y)),
        ["addcdiv"] = ((x, y) => x.addcdiv(x, y, 2), (x, y) => x + (2 * x / y)),
        ["lerp"] = ((x, y) => x.lerp(y, tensor(0.25, ScalarType.Float64)), (x, y) => x + (0.25 * (y - x))),
        ["where"] = ((x, y) => where(x > 0, x, y), (x, y) => x > 0 ? x : y),
        ["clamp by tensors"] = ((x, y) => x.clamp(y, y + 1), (x, y) => Math.Min(Math.Max(x, y), y + 1)),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Fresh, Func<Tensor, Tensor> InPlace)> Mutations = new()
    {
        ["abs_"] = (x => x.abs(), x => x.abs_()),
        ["add_"] = (x => x + 2, x => x.add_(2)),
        ["add_ alpha"] = (x => x + (2 * x), x => x.add_(x.clone(), 2)),
        ["sub_"] = (x => x - 2, x => x.sub_(2)),
        ["mul_"] = (x => x * 3, x => x.mul_(3)),
        ["div_"] = (x => x / 3, x => x.div_(3)),
        ["pow_"] = (x => x.pow(2), x => x.pow_(2)),
        ["exp_"] = (x => x.exp(), x => x.exp_()),
        ["clamp_"] = (x => x.clamp(-1, 1), x => x.clamp_(-1, 1)),
        ["neg_"] = (x => -x, x => x.neg_()),
        ["sigmoid_"] = (x => x.sigmoid(), x => x.sigmoid_()),
        ["tanh_"] = (x => x.tanh(), x => x.tanh_()),
        ["relu_"] = (x => x.relu(), x => x.relu_()),
        ["round_"] = (x => x.round(), x => x.round_()),
        ["zero_"] = (x => x.zeros_like(), x => x.zero_()),
        ["fill_"] = (x => x.full_like(4), x => x.fill_(4)),
        ["addcmul_"] = (x => x + (x * x), x => x.addcmul_(x.clone(), x.clone(), 1)),
        ["addcdiv_"] = (x => x + 2, x => x.addcdiv_(x.clone(), x.clone(), 2)),
        ["lerp_"] = (x => x * 0.5, x => x.lerp_(x.zeros_like(), tensor(0.5, ScalarType.Float64))),
        ["ge_"] = (x => x >= 0.5, x => x.ge_(0.5)),
        ["masked_fill_"] = (x => x.masked_fill(x > 0, 9), x => x.masked_fill_(x > 0, 9)),
    };

    public static TheoryData<string> UnaryNames => [.. Unary.Keys];

    public static TheoryData<string> BinaryNames => [.. Binary.Keys];

    public static TheoryData<string> MutationNames => [.. Mutations.Keys];

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void A_unary_operator_gives_what_plain_arithmetic_gives(string name)
    {
        using var scope = NewDisposeScope();
        var (apply, plain) = Unary[name];
        Expect.Close(apply(tensor(Samples)), [.. Samples.Select(plain)], 1e-7);
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void A_binary_operator_broadcasts_and_gives_what_plain_arithmetic_gives(string name)
    {
        using var scope = NewDisposeScope();
        var (apply, plain) = Binary[name];
        double[] right = [-1.5, 0.5, 2];
        var result = apply(tensor(Samples).unsqueeze(1), tensor(right).unsqueeze(0));
        Assert.Equal([Samples.Length, right.Length], result.shape);
        Expect.Close(result, [.. Samples.SelectMany(x => right.Select(y => plain(x, y)))], 1e-12);
    }

    [Theory]
    [MemberData(nameof(MutationNames))]
    public void An_operator_in_place_changes_the_tensor_and_returns_it(string name)
    {
        using var scope = NewDisposeScope();
        var (fresh, mutate) = Mutations[name];
        var changed = tensor(Samples);
        double[] expected = fresh(tensor(Samples)).Values();
        Assert.Same(changed, mutate(changed));
        Expect.Close(changed, expected, 1e-12);
    }

    [Fact]
    public void Questions_about_numbers_are_answered_per_element()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity });
        Expect.Equal(isnan(x), [4], 0, 1, 0, 0);
        Expect.Equal(isinf(x), [4], 0, 0, 1, 1);
        Expect.Equal(isfinite(x), [4], 1, 0, 0, 0);
        Expect.Equal(x.isposinf(), [4], 0, 0, 1, 0);
        Expect.Equal(x.isneginf(), [4], 0, 0, 0, 1);
    }

    [Fact]
    public void Truth_values_and_bits_combine()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { true, true, false, false });
        var b = tensor(new[] { true, false, true, false });
        Expect.Equal(a & b, [4], 1, 0, 0, 0);
        Expect.Equal(a | b, [4], 1, 1, 1, 0);
        Expect.Equal(a ^ b, [4], 0, 1, 1, 0);
        Expect.Equal(~a, [4], 0, 0, 1, 1);
        Expect.Equal(logical_and(a, b), [4], 1, 0, 0, 0);
        Expect.Equal(logical_or(a, b), [4], 1, 1, 1, 0);
        Expect.Equal(logical_xor(a, b), [4], 0, 1, 1, 0);
        Expect.Equal(tensor(new[] { 6L }) & tensor(new[] { 3L }), [1], 2);
    }

    [Fact]
    public void A_scalar_keeps_the_element_type_as_in_PyTorch()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, (ones(2) * 2.0).dtype);
        Assert.Equal(ScalarType.Float32, (2.0 / ones(2)).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2, dtype: ScalarType.Int64) * 0.5f).dtype);
        Assert.Equal(ScalarType.Int64, (ones(2, dtype: ScalarType.Int64) + 1).dtype);
        Assert.Equal(ScalarType.Float16, (ones(2, dtype: ScalarType.Float16) + 1f).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2, dtype: ScalarType.Int64) / 2).dtype);
    }

    [Fact]
    public void Closeness_and_equality_are_judged_over_all_elements()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1.0, 2.0 });
        Assert.True(a.allclose(a + 1e-7));
        Assert.False(a.allclose(a + 1e-2));
        Assert.True(a.Equals(a.clone()));
        Assert.False(a.Equals(zeros(2, dtype: ScalarType.Float64)));
        Expect.Equal(isin(tensor(new[] { 1L, 5L }), tensor(new[] { 5L, 6L })), [2], 0, 1);
        Expect.Equal(isclose(a, tensor(new[] { 1.0, 2.1 })), [2], 1, 0);
    }

    // Abramowitz and Stegun's series 7.1.5, summed to double precision.
    private static double Erf(double x)
    {
        double sum = 0, term = x;
        for (int n = 0; n < 80; n++)
        {
            sum += term / ((2 * n) + 1);
            term *= -x * x / (n + 1);
        }
        return sum * 2 / Math.Sqrt(Math.PI);
    }
}
