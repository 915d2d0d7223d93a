using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.Flickr8k;

/// <summary>Flickr8k's layout with four images in splits and the odd one in none.</summary>
internal static class TinyFlickr8k
{
    public static readonly string[] Images = ["10_a.jpg", "20_b.jpg", "30_c.jpg", "40_d.jpg"];

    public static void Create(TemporaryFolder folder)
    {
        foreach (string image in Images)
        {
            TinyMedia.Picture(folder["Flicker8k_Dataset", image]);
            for (int i = 0; i < 5; i++)
            {
                TinyMedia.Wave(folder["flickr_audio", "wavs", $"{image[..^4]}_{i}.wav"]);
            }
        }

        TinyMedia.Picture(folder["Flicker8k_Dataset", "2258277193_586949ec62.jpg"]);
        IEnumerable<string> all = [.. Images, "2258277193_586949ec62.jpg.1"];
        TinyMedia.Text(folder["Flickr8k.token.txt"], [.. all
            .SelectMany(image => Enumerable.Range(0, 5).Select(i => $"{image}#{i}\tA \"dog\" , number {i} of {image} ."))]);
        TinyMedia.Text(folder["Flickr_8k.trainImages.txt"], Images[1], Images[0]);
        TinyMedia.Text(folder["Flickr_8k.devImages.txt"], Images[2]);
        TinyMedia.Text(folder["Flickr_8k.testImages.txt"], Images[3]);
        TinyMedia.Text(folder["flickr_audio", "wav2capt.txt"], [.. Images
            .SelectMany(image => Enumerable.Range(0, 5).Select(i => $"{image[..^4]}_{i}.wav {image} #{i}"))]);
        TinyMedia.Text(folder["flickr_audio", "wav2spk.txt"], [.. Images
            .SelectMany(image => Enumerable.Range(0, 5).Select(i => $"{image[..^4]}_{i}.wav {i % 2}"))]);
    }
}
