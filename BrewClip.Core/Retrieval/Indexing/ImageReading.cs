using System.Security.Cryptography;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;

namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>
/// A file as it was read: an image ready to be encoded, the facts alone where its content is what it was, or why it cannot be read.
/// </summary>
internal sealed record ImageReading(string Path, ImageFacts? Facts = null, RgbImage? Image = null, string? Failure = null)
{
    private const int Attempts = 3;

    /// <summary>Reads and decodes a file. What is wrong with the file is a result; what is wrong with the machine is thrown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What the index knows of it; null for a new one.</param>
    /// <param name="encoder">Prepares the image.</param>
    /// <param name="options">How to decode.</param>
    public static ImageReading Run(string path, ImageFacts? known, ImageEncoder encoder, ImageDecodingOptions options)
    {
        try
        {
            var (bytes, facts) = ReadWhole(path);
            if (string.Equals(facts.Hash, known?.Hash, StringComparison.Ordinal))
            {
                return new ImageReading(path, facts);
            }

            var image = RgbImage.Decode(bytes, path, options);
            return new ImageReading(path, facts, encoder.Prepare?.Invoke(image) ?? image);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            return new ImageReading(path, Failure: error.Message);
        }
    }

    // The facts must be those of the bytes: a file that is written to meanwhile is read again.
    private static (byte[] Bytes, ImageFacts Facts) ReadWhole(string path)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var before = RegularFile.Require(path);
            if (before.Length > RgbImage.MaxEncodedBytes)
            {
                throw new InvalidDataException(
                    $"'{path}' has {before.Length} bytes: images of more than {RgbImage.MaxEncodedBytes} are not read.");
            }

            var (length, modified) = (before.Length, before.LastWriteTimeUtc);
            byte[] bytes = File.ReadAllBytes(path);
            var after = RegularFile.Find(path);
            if (bytes.Length == length && after.Length == length && after.LastWriteTimeUtc == modified)
            {
                string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
                return (bytes, new ImageFacts { Size = length, Modified = modified, Hash = hash });
            }
        }

        throw new IOException($"'{path}' is being written to: it changed every one of {Attempts} times that it was read.");
    }
}
