using System.Runtime.InteropServices;
using BrewClip.Core.Checkpoints;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Checkpoints;

/// <summary>
/// A float32 .safetensors file, in the page cache, to tensors of memory of their own. The tensors are those of a transformer's layers.
/// </summary>
internal sealed class SafetensorsWorkload : Workload
{
    private const int Width = 768, Inner = 3072;

    private readonly ScratchFolder _folder = new();
    private readonly string _path;
    private readonly int _layers;

    /// <param name="layers">28 MB each.</param>
    public SafetensorsWorkload(int layers = 12)
    {
        _layers = layers;
        _path = _folder[SafetensorsFile.SingleFileName];
        float[] values = RandomValues.Floats(Width * Inner);
        try
        {
            SafetensorsWriter.Write(_path, Enumerable.Range(0, layers).SelectMany(layer => Layer(layer, values)));
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public override double Bytes => 4.0 * _layers * (4 * Width * Width + 2 * Width * Inner + 9 * Width + Inner);

    public override void Run()
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(_path);
        foreach (var (name, info) in file.Tensors)
        {
            var parameter = empty([.. info.Shape], dtype: ScalarType.Float32);
            file.ReadFloat32(name, MemoryMarshal.Cast<byte, float>(parameter.bytes));
        }
    }

    public override IReadOnlyList<string> PeerArguments(string folder) => [_path, Path.Combine(folder, "model.pt")];

    public override void Dispose() => _folder.Dispose();

    private static IEnumerable<TensorData> Layer(int layer, float[] values)
    {
        (string Name, long[] Shape)[] shapes =
        [
            ("q", [Width, Width]), ("k", [Width, Width]), ("v", [Width, Width]), ("out", [Width, Width]),
            ("fc1", [Inner, Width]), ("fc2", [Width, Inner]), ("norm", [9, Width]), ("bias", [Inner]),
        ];
        return shapes.Select(item =>
        {
            int count = (int)item.Shape.Aggregate(1L, (product, size) => product * size);
            return TensorData.FromFloat32($"layers.{layer}.{item.Name}", item.Shape, values.AsMemory(0, count));
        });
    }
}
