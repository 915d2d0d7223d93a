namespace BrewClip.Models.Whisper.Transcription;

/// <summary>The tokens of the windows so far, and which of them the next window is told.</summary>
/// <param name="initial">Tokens said to come before the first window.</param>
/// <param name="carryInitial">Whether every window is told them.</param>
/// <param name="positions">Positions of the model's decoder.</param>
internal sealed class PromptHistory(int[] initial, bool carryInitial, int positions)
{
    private readonly List<int> _tokens = [.. initial];
    private int _told;

    /// <summary>All tokens of the transcript, the initial prompt left out.</summary>
    public IEnumerable<int> Transcript => _tokens.Skip(initial.Length);

    /// <summary>The prompt of the next window.</summary>
    public IReadOnlyList<int> Next()
    {
        if (!carryInitial)
        {
            return _tokens[_told..];
        }

        var rest = _tokens[Math.Max(initial.Length, _told)..];
        int room = positions / 2 - 1 - initial.Length;
        return [.. initial, .. room > 0 ? rest.TakeLast(room) : []];
    }

    public void Add(IEnumerable<int> tokens) => _tokens.AddRange(tokens);

    /// <summary>Later windows are not told what has been said until now.</summary>
    public void Forget() => _told = _tokens.Count;
}
