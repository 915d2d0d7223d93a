using System.Collections.Concurrent;
using BrewClip.Core.Images;

namespace BrewClip.Training.Tasks;

/// <summary>
/// Pictures as a tower takes them, decoded once and kept as long as there is room: SpokenCOCO's training split takes 17 GB at 224 pixels,
/// which is no reason to end a run. Those that find no room are decoded each time. Thread-safe.
/// </summary>
/// <param name="processor">Resizes and crops.</param>
/// <param name="room">Bytes that may be kept; null for a quarter of the memory that this process may use.</param>
internal sealed class ResizedPictures(ClipImageProcessor processor, long? room = null)
{
    private readonly ConcurrentDictionary<string, byte[]> _kept = new(StringComparer.Ordinal);
    private long _left = room ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    /// <summary>Size · size · 3 bytes, row by row, red, green, blue.</summary>
    /// <exception cref="InvalidDataException">The file is no picture.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] Read(string path)
    {
        if (_kept.TryGetValue(path, out byte[]? known))
        {
            return known;
        }

        byte[] pixels = processor.ResizeAndCrop(RgbImage.Load(path));
        if (Interlocked.Add(ref _left, -pixels.Length) < 0 || !_kept.TryAdd(path, pixels))
        {
            Interlocked.Add(ref _left, pixels.Length);
        }

        return pixels;
    }
}
