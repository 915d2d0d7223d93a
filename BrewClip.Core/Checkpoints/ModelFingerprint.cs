using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// A short digest of a model's weights, by which the same model is known in another place and under another name. It covers names, types
/// and shapes of the tensors in full and their content in samples, so that gigabytes are not read; training moves every tensor, and samples
/// see it.
/// </summary>
public static class ModelFingerprint
{
    private const int Samples = 16;
    private const int SampleBytes = 256;
    private const int DigestBytes = 8;

    /// <summary>The digest of some tensors of a model folder, and of what else decides the model's results.</summary>
    /// <param name="folder">A folder that <see cref="SafetensorsFile.Open"/> reads.</param>
    /// <param name="includes">Which tensors count, by name.</param>
    /// <param name="settings">Anything else that counts, such as how inputs are prepared.</param>
    /// <returns>16 hexadecimal digits.</returns>
    /// <exception cref="FileNotFoundException">There are no weights in the folder.</exception>
    /// <exception cref="InvalidDataException">The weight file is damaged.</exception>
    public static string Compute(string folder, Func<string, bool> includes, params IEnumerable<string> settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(includes);
        ArgumentNullException.ThrowIfNull(settings);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = SafetensorsFile.Open(folder);
        foreach (var tensor in file.Tensors.Values.Where(tensor => includes(tensor.Name))
            .OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            Append(digest, string.Create(CultureInfo.InvariantCulture, $"{tensor.Name} {tensor.Type} {string.Join(' ', tensor.Shape)}"));
            AppendSamples(digest, file, tensor);
        }

        foreach (string setting in settings)
        {
            Append(digest, setting);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, DigestBytes));
    }

    private static void AppendSamples(IncrementalHash digest, SafetensorsFile file, TensorInfo tensor)
    {
        long step = Math.Max(SampleBytes, tensor.ByteLength / Samples);
        for (long offset = 0; offset < tensor.ByteLength; offset += step)
        {
            digest.AppendData(file.GetBytes(tensor.Name, offset, (int)Math.Min(SampleBytes, tensor.ByteLength - offset)));
        }
    }

    private static void Append(IncrementalHash digest, string text) => digest.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
}
