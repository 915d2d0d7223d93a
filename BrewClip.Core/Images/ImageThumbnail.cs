namespace BrewClip.Core.Images;

/// <summary>Small pictures to show. Stateless and thread-safe.</summary>
internal static class ImageThumbnail
{
    /// <summary>The picture upright, no side longer than <paramref name="side"/> pixels; never enlarged.</summary>
    public static RgbImage Load(string path, int side)
    {
        var image = RgbImage.Load(path, new ImageDecodingOptions { ApplyOrientation = true, AllowDamagedData = true });
        int longSide = Math.Max(image.Width, image.Height);
        if (longSide <= side)
        {
            return image;
        }

        int width = Math.Max(1, (int)((long)side * image.Width / longSide));
        int height = Math.Max(1, (int)((long)side * image.Height / longSide));
        byte[] pixels = GC.AllocateUninitializedArray<byte>(width * height * 3);
        BicubicResampler.Resize(image, width, height, 0, 0, width, height, pixels);
        return new RgbImage(width, height, pixels);
    }
}
