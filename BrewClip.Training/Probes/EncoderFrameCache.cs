using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Training.Probes;

/// <summary>
/// Encoder frames on disk, one file for each recording. A file's name is made of the contents of the model and of the recording, so that
/// another model or a changed recording never reads what is not its own, and a run that was stopped goes on where it was.
/// </summary>
/// <remarks>Safe for concurrent use, also by several processes: a file appears complete or not at all.</remarks>
public sealed class EncoderFrameCache
{
    private const string FramesName = "frames";
    private readonly string _folder;

    /// <summary>Opens the part of the cache that belongs to one model; the folder is made when the first frames are written.</summary>
    /// <param name="folder">The cache.</param>
    /// <param name="modelFolder">The model: its <c>config.json</c> and its weight files are hashed.</param>
    public EncoderFrameCache(string folder, string modelFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.Combine(folder, ModelIdentity(modelFolder)[..16]);
    }

    /// <summary>The name under which the frames of a recording are kept: the hash of the file's contents.</summary>
    /// <exception cref="FileNotFoundException">There is no such recording.</exception>
    public static string KeyOf(string audioPath)
    {
        using var stream = File.OpenRead(audioPath);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The frames kept for a recording, or null. A file that is damaged counts as absent and is computed again.</summary>
    public EncoderFrames? Find(string key)
    {
        string path = PathOf(key);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = SafetensorsFile.Open(path);
            return file.Tensors.TryGetValue(FramesName, out var info) && info is { Type: SafetensorsType.Float16, Shape.Count: 2 }
                ? new EncoderFrames(ToHalves(file.GetBytes(FramesName)), (int)info.Shape[0], (int)info.Shape[1])
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Keeps the frames of a recording.</summary>
    /// <exception cref="IOException">The disk is full or cannot be written; nothing is left behind.</exception>
    public void Add(string key, EncoderFrames frames)
    {
        Directory.CreateDirectory(_folder);
        byte[] bytes = new byte[frames.Values.Length * sizeof(ushort)];
        var values = frames.Values.Span;
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * sizeof(ushort)), values[i]);
        }

        SafetensorsWriter.Write(PathOf(key), [new TensorData(FramesName, SafetensorsType.Float16, [frames.Count, frames.Width], bytes)]);
    }

    private static Half[] ToHalves(ReadOnlySpan<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.Cast<byte, Half>(bytes).ToArray();
        }

        var values = new Half[bytes.Length / sizeof(ushort)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * sizeof(ushort))..]);
        }

        return values;
    }

    private static string ModelIdentity(string modelFolder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] files = [.. Directory.EnumerateFiles(modelFolder)
            .Where(path => Path.GetFileName(path) is "config.json" || Path.GetExtension(path) is ".safetensors")
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new FileNotFoundException($"'{modelFolder}' holds neither a config.json nor weights: it is no model's folder.", modelFolder);
        }

        foreach (string file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(Encoding.ASCII.GetBytes(KeyOf(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string PathOf(string key) => Path.Combine(_folder, key + ".safetensors");
}
