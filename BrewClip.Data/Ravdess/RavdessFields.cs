using System.Globalization;

namespace BrewClip.Data.Ravdess;

/// <summary>What a RAVDESS file name says: <c>modality-channel-emotion-intensity-statement-repetition-actor</c>.</summary>
/// <param name="Modality">1 audio and video, 2 video, 3 audio alone.</param>
/// <param name="VocalChannel">1 speech, 2 song.</param>
/// <param name="Emotion">What was acted.</param>
/// <param name="Intensity">1 normal, 2 strong.</param>
/// <param name="Statement">1 or 2: see <see cref="Sentence"/>.</param>
/// <param name="Repetition">1 or 2.</param>
/// <param name="Actor">1 to 24; odd numbers are men.</param>
public readonly record struct RavdessFields(
    int Modality, int VocalChannel, RavdessEmotion Emotion, int Intensity, int Statement, int Repetition, int Actor)
{
    private const int FieldCount = 7;

    /// <summary>The number of actors.</summary>
    public const int Actors = 24;

    /// <summary>Even numbers are women.</summary>
    public bool IsFemale => Actor % 2 == 0;

    /// <summary>The sentence that was spoken.</summary>
    public string Sentence => Statement == 1 ? "Kids are talking by the door" : "Dogs are sitting by the door";

    /// <summary>Reads a file name, with or without folder and ending; false when it is not of the form or a number is out of
    /// range.</summary>
    public static bool TryParse(string fileName, out RavdessFields fields)
    {
        fields = default;
        string[] parts = Path.GetFileNameWithoutExtension(fileName).Split('-');
        Span<int> numbers = stackalloc int[FieldCount];
        if (parts.Length != FieldCount)
        {
            return false;
        }

        ReadOnlySpan<int> limits = [3, 2, 8, 2, 2, 2, Actors];
        for (int i = 0; i < FieldCount; i++)
        {
            if (parts[i].Length != 2 || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
                || numbers[i] < 1 || numbers[i] > limits[i])
            {
                return false;
            }
        }

        fields = new RavdessFields(numbers[0], numbers[1], (RavdessEmotion)numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
        return true;
    }
}
