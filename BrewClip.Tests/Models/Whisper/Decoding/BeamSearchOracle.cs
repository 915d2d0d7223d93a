namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>Beam search by its definition: whole sequences in dictionaries, nothing shared, nothing clever.</summary>
internal static class BeamSearchOracle
{
    public static IReadOnlyList<(int[] Tokens, double Score)> Search(float[][] table, int end, int beams, int complete, int steps)
    {
        var rows = Enumerable.Repeat((Tokens: Array.Empty<int>(), Score: 0.0), beams).ToList();
        var finished = new List<(int[] Tokens, double Score)>();
        for (int step = 0; step < steps && finished.Count < complete; step++)
        {
            var extended = new Dictionary<string, (int[] Tokens, double Score)>();
            foreach (var (tokens, score) in rows)
            {
                var scores = table[tokens.Length == 0 ? end : tokens[^1]];
                double total = Math.Log(scores.Sum(value => Math.Exp(value)));
                foreach (int token in Enumerable.Range(0, scores.Length).OrderByDescending(token => scores[token]).Take(beams + 1))
                {
                    int[] sequence = [.. tokens, token];
                    extended[string.Join(' ', sequence)] = (sequence, score + scores[token] - total);
                }
            }

            rows.Clear();
            foreach (var candidate in extended.Values.OrderByDescending(candidate => candidate.Score))
            {
                if (candidate.Tokens[^1] == end)
                {
                    if (finished.Count < complete)
                    {
                        finished.Add((candidate.Tokens[..^1], candidate.Score));
                    }
                }
                else
                {
                    rows.Add(candidate);
                    if (rows.Count == beams)
                    {
                        break;
                    }
                }
            }
        }

        return finished.Count >= beams ? finished : [.. finished, .. rows.OrderByDescending(row => row.Score).Take(beams - finished.Count)];
    }
}
