using System.Runtime.InteropServices;
using System.Text.Json;

namespace BrewClip.Tests.Core.Audio;

/// <summary>The float32 tensors of a small golden safetensors file, read plainly, so that audio is proved without the checkpoint reader.</summary>
internal sealed class GoldenTensors
{
    private readonly byte[] _bytes;
    private readonly JsonElement _header;
    private readonly int _start;

    private GoldenTensors(byte[] bytes)
    {
        _bytes = bytes;
        int headerLength = (int)BitConverter.ToInt64(bytes);
        _header = JsonDocument.Parse(bytes.AsMemory(8, headerLength)).RootElement;
        _start = 8 + headerLength;
    }

    public float[] this[string name]
    {
        get
        {
            JsonElement offsets = _header.GetProperty(name).GetProperty("data_offsets");
            int from = _start + offsets[0].GetInt32();
            int to = _start + offsets[1].GetInt32();
            return MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(from, to - from)).ToArray();
        }
    }

    public static GoldenTensors Open(string path) => new(File.ReadAllBytes(path));
}
