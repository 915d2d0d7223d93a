namespace BrewClip.Core.Images;

/// <summary>
/// The seam to the library that decodes JPEG. (PNG is read by <see cref="PngReader"/> under either library: their own conversions of
/// alpha, gamma and 16-bit samples differ from the reference's.) Implementations are stateless and thread-safe.
/// </summary>
internal interface IImageDecoder
{
    /// <summary>Decodes one JPEG into interleaved RGB rows, without applying its orientation or colour profile.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="header">The file's header, already checked against the pixel limit.</param>
    /// <param name="allowDamagedData">Whether pixels that had to be guessed from damaged data are acceptable.</param>
    /// <param name="name">What to call the image in an exception's message.</param>
    /// <param name="destination">Receives 3 · width · height bytes.</param>
    /// <exception cref="InvalidDataException">The data is damaged, or of a kind that the library does not decode.</exception>
    void DecodeJpeg(ReadOnlySpan<byte> encoded, ImageHeader header, bool allowDamagedData, string name, Span<byte> destination);
}
