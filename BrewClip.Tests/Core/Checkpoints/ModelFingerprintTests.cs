using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class ModelFingerprintTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_weights_have_one_fingerprint_wherever_they_lie()
    {
        string one = Write("one", "vision.a", 5000), two = Write("two", "vision.a", 5000);

        Assert.Equal(Of(one), Of(two));
        Assert.Matches("^[0-9a-f]{16}$", Of(one));
    }

    [Fact]
    public void Weights_names_and_settings_change_it_and_tensors_that_do_not_count_leave_it()
    {
        string original = Of(Write("one", "vision.a", 5000));

        Assert.NotEqual(original, Of(Write("moved", "vision.a", 5000, shift: 1e-6f)));
        Assert.NotEqual(original, Of(Write("named", "vision.b", 5000)));
        Assert.NotEqual(original, Of(Write("shorter", "vision.a", 4999)));
        Assert.NotEqual(original, Of(Write("one", "vision.a", 5000), "letterbox"));
        Assert.Equal(original, Of(Write("more", "vision.a", 5000, other: "text.a")));
        Assert.NotEqual(original, Of(Write("more vision", "vision.a", 5000, other: "vision.c")));
    }

    private static string Of(string folder, params string[] settings) =>
        ModelFingerprint.Compute(folder, name => name.StartsWith("vision", StringComparison.Ordinal), settings);

    private string Write(string folder, string name, int count, float shift = 0, string? other = null)
    {
        Directory.CreateDirectory(_folder[folder]);
        float[] values = [.. FormulaWeights.Uniform("a", count).Select(value => value + shift)];
        var tensors = new List<TensorData> { TensorData.FromFloat32(name, [count], values) };
        if (other is not null)
        {
            tensors.Add(TensorData.FromFloat32(other, [3], new float[] { 1, 2, 3 }));
        }

        SafetensorsWriter.Write(_folder[folder, SafetensorsFile.SingleFileName], tensors);
        return _folder[folder];
    }
}
