namespace BrewClip.Data.Flickr8k;

/// <summary>Where the parts of Flickr8k lie: in the archives' own folders, as renamed by tutorials, or as nested by mirrors.</summary>
internal sealed class Flickr8kLayout
{
    /// <summary>One image of the caption file has this ending, and is in no split.</summary>
    public const string OddEnding = ".jpg.1";

    private readonly string _text;
    private readonly string _audio;

    public Flickr8kLayout(string root)
    {
        Root = DatasetPath.RequireFolder(root, "Flickr8k");
        Images = DatasetPath.FirstFolder(
            Root, "Flicker8k_Dataset", "Images", "Flickr8k_Dataset/Flicker8k_Dataset", "Flickr8k_Dataset", "images");
        _text = Directory.Exists(Path.Combine(Root, "Flickr8k_text")) ? Path.Combine(Root, "Flickr8k_text") : Root;
        _audio = DatasetPath.FirstFolder(Root, "flickr_audio/flickr_audio", "flickr_audio");
        _audio = Directory.Exists(_audio) ? _audio : Path.Combine(Root, "flickr_audio");
        Waves = DatasetPath.FirstFolder(Root, Path.Combine(_audio, "wavs"), "wavs");
    }

    public string Root { get; }

    public string Images { get; }

    public string Waves { get; }

    /// <summary>A table in the root or in Flickr8k_text, or null.</summary>
    public string? Text(string name) => DatasetPath.FirstFile(_text, name) ?? DatasetPath.FirstFile(Root, name);

    /// <summary>Karpathy's table, in the root or in a folder of its own, or null.</summary>
    public string? Karpathy => Text("dataset_flickr8k.json") ?? DatasetPath.FirstFile(Root, "karpathy/dataset_flickr8k.json");

    /// <summary>A table of the audio corpus, or null.</summary>
    public string? AudioTable(string name) => DatasetPath.FirstFile(_audio, name) ?? DatasetPath.FirstFile(Root, name);

    public string ImagePath(string image)
    {
        string path = Path.Combine(Images, image);
        return image.EndsWith(OddEnding, StringComparison.Ordinal) && !File.Exists(path) ? path[..^2] : path;
    }

    /// <summary>The image's name without ending: the first part of its recordings' names.</summary>
    public static string Stem(string image)
    {
        string name = image.EndsWith(OddEnding, StringComparison.Ordinal) ? image[..^2] : image;
        return Path.GetFileNameWithoutExtension(name);
    }
}
