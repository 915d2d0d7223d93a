using BrewClip.Core.Audio;
using BrewClip.Core.Images;

namespace BrewClip.Cli.Demo;

/// <summary>
/// Some answers on one picture: the recording with the moments that counted, what was heard, the best three pictures, and where the model
/// looked in the first.
/// </summary>
internal static class DemoPicture
{
    private const int Margin = 24, Gap = 12, SpeechWidth = 300, SpeechHeight = 56, Side = 128, RowHeight = Side + 30;
    private const int Head = 40, Letter = 2, LineHeight = 21, Lines = 4, Border = 4;
    private const int Width = Margin + SpeechWidth + Margin + 4 * Side + 3 * Gap + Gap + Margin;

    private static readonly Ink _paper = new(252, 252, 250), _ink = new(40, 44, 52), _faint = new(140, 146, 156),
        _wave = new(120, 140, 175);
    private static readonly Ink _right = new(42, 157, 74), _wrong = new(200, 64, 42);

    /// <summary>Draws answers below one another.</summary>
    public static RgbImage Draw(IReadOnlyList<DemoAnswer> answers)
    {
        var surface = new PictureSurface(Width, Margin + Head + answers.Count * RowHeight, _paper);
        int pictures = Margin + SpeechWidth + Margin;
        surface.Write("spoken, and heard as", Margin, Margin, Letter, _faint);
        surface.Write("the three nearest pictures", pictures, Margin, Letter, _faint);
        surface.Write("looked at", pictures + 3 * (Side + Gap) + Gap, Margin, Letter, _faint);
        foreach (var (row, answer) in answers.Index())
        {
            DrawAnswer(surface, answer, Margin + Head + row * RowHeight);
        }

        return surface.ToImage();
    }

    private static void DrawAnswer(PictureSurface surface, DemoAnswer answer, int top)
    {
        if (answer.Map.SpeechWeights.IsEmpty)
        {
            DrawWaveform(surface, AudioClip.Load(answer.Recording), top);
        }
        else
        {
            surface.Place(answer.Map.RenderSpeech(SpeechWidth, SpeechHeight), Margin, top, SpeechWidth, SpeechHeight);
        }

        var ink = answer.IsRight switch { true => _right, false => _wrong, _ => _faint };
        surface.Fill(Margin, top + SpeechHeight + 3, SpeechWidth, 2, ink);
        var lines = PixelFont.Wrap(DemoText.Heard(answer.Heard), SpeechWidth / (PixelFont.Advance * Letter));
        foreach (var (line, text) in lines.Take(Lines).Index())
        {
            string shown = line == Lines - 1 && lines.Count > Lines ? text + ".." : text;
            surface.Write(shown, Margin, top + SpeechHeight + 12 + line * LineHeight, Letter, _ink);
        }

        int left = Margin + SpeechWidth + Margin;
        foreach (var hit in answer.Hits)
        {
            surface.Place(RgbImage.Load(hit.Id), left, top, Side, Side);
            if (hit.Id == answer.Expected)
            {
                surface.Frame(left, top, Side, Side, Border, _right);
            }

            left += Side + Gap;
        }

        surface.Place(answer.Map.RenderImage(Side), Margin + SpeechWidth + Margin + 3 * (Side + Gap) + Gap, top, Side, Side);
    }

    private static void DrawWaveform(PictureSurface surface, AudioClip clip, int top)
    {
        var samples = clip.Samples.Span;
        float largest = 1e-9f;
        foreach (float sample in samples)
        {
            largest = Math.Max(largest, Math.Abs(sample));
        }

        for (int x = 0; x < SpeechWidth; x++)
        {
            int start = (int)((long)x * samples.Length / SpeechWidth);
            int end = Math.Max(start, (int)((x + 1L) * samples.Length / SpeechWidth));
            float loudest = 0;
            foreach (float sample in samples[start..end])
            {
                loudest = Math.Max(loudest, Math.Abs(sample));
            }

            int half = (int)(loudest / largest * (SpeechHeight / 2 - 1));
            surface.Fill(Margin + x, top + SpeechHeight / 2 - half, 1, 2 * half + 1, _wave);
        }
    }
}
