using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Data.Caches;

/// <summary>SHA-256 of what files hold, as 64 lower-case hexadecimal digits: the keys of the caches.</summary>
public static class ContentHash
{
    private static readonly string[] _modelFiles =
    [
        "config.json", "generation_config.json", "preprocessor_config.json",
        "tokenizer.json", "vocab.json", "merges.txt", "added_tokens.json",
    ];

    private static readonly ConcurrentDictionary<(string Path, long Length, DateTime Written), string> _known = new();

    /// <summary>
    /// A file's hash; remembered as long as its length and time of writing stay. What has no length, a pipe or a device, is not opened and
    /// hashed as an empty file. Safe for concurrent use.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string OfFile(string path)
    {
        var file = RegularFile.Find(path);
        var key = (file.FullName, file.Length, file.LastWriteTimeUtc);
        if (_known.TryGetValue(key, out string? hash))
        {
            return hash;
        }

        using Stream stream = file.Length > 0 ? file.OpenRead() : Stream.Null;
        hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        _known[key] = hash;
        return hash;
    }

    /// <summary>The hash of a model's folder: its weights, shapes, tokenizer and preprocessor, whatever the folder is called.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string OfModel(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no model folder '{folder}'.");
        }

        var files = _modelFiles.Select(name => Path.Combine(folder, name)).Where(File.Exists)
            .Concat(Directory.EnumerateFiles(folder, "*.safetensors"))
            .Concat(Directory.EnumerateFiles(folder, "*.safetensors.index.json"))
            .OrderBy(path => path, StringComparer.Ordinal);
        return OfText(string.Join('\n', files.Select(path => $"{Path.GetFileName(path)} {OfFile(path)}")));
    }

    /// <summary>The hash of a text's UTF-8 bytes.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
