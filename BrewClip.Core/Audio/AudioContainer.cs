namespace BrewClip.Core.Audio;

/// <summary>Recognises containers by their first bytes, so that a refusal can say what the file is.</summary>
internal static class AudioContainer
{
    /// <summary>The message that refuses a file which no decoder here reads.</summary>
    /// <param name="stream">Seekable; its position is lost.</param>
    /// <param name="name">What the message calls it.</param>
    /// <param name="supported">The formats that work.</param>
    public static InvalidDataException Refuse(Stream stream, string name, string supported)
    {
        Span<byte> head = stackalloc byte[12];
        stream.Position = 0;
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        string subject = Recognize(head[..read]) is { } container
            ? $"'{name}' is {container} that cannot be read here"
            : $"'{name}' is no audio file that is known here";
        return new InvalidDataException($"{subject}: the formats that work are {supported}.");
    }

    private static string? Recognize(ReadOnlySpan<byte> head)
    {
        if (head.Length == 12 && head[4..8].SequenceEqual("ftyp"u8))
        {
            return "an MPEG-4 (M4A, AAC) file";
        }

        if (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("RIFX"u8))
        {
            return "a RIFF file";
        }

        return head switch
        {
            _ when head.StartsWith("fLaC"u8) => "a FLAC file",
            _ when head.StartsWith("OggS"u8) => "an Ogg file",
            _ when head.StartsWith("ID3"u8) => "an MP3 file",
            [0xFF, >= 0xE0, ..] => "an MP3 or AAC file",
            [0x1A, 0x45, 0xDF, 0xA3, ..] => "a WebM or Matroska file",
            [0x30, 0x26, 0xB2, 0x75, ..] => "a Windows Media file",
            _ when head.StartsWith("FORM"u8) => "an AIFF file",
            _ when head.StartsWith("caff"u8) => "a Core Audio file",
            _ when head.StartsWith("NIST_1A"u8) => "a NIST SPHERE file",
            _ when head.StartsWith("#!AMR"u8) => "an AMR file",
            _ => null,
        };
    }
}
