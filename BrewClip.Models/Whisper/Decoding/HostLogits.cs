using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>Scores in the host's memory.</summary>
internal static class HostLogits
{
    /// <summary>The memory of a contiguous float32 tensor [rows, vocabulary] on the CPU, good while the tensor lives.</summary>
    public static LogitRows Rows(Tensor logits) => new(MemoryMarshal.Cast<byte, float>(logits.bytes), checked((int)logits.shape[1]));
}
