namespace BrewClip.Core.Retrieval;

/// <summary>
/// The best rows seen so far, at most <paramref name="capacity"/>, as a heap with the worst on top. Higher scores are better; of equal
/// scores the lower row is. Not thread-safe: each worker has its own.
/// </summary>
internal sealed class TopCandidates(int capacity)
{
    private readonly (float Score, int Row)[] _heap = new (float, int)[capacity];

    public int Count { get; private set; }

    /// <summary>A score must exceed this, or equal it at a lower row than the worst's, to enter.</summary>
    public float Threshold => Count < _heap.Length ? float.NegativeInfinity : _heap[0].Score;

    /// <summary>Offers a row; NaN scores are never taken.</summary>
    public void Offer(float score, int row)
    {
        if (Count < _heap.Length)
        {
            if (!float.IsNaN(score))
            {
                _heap[Count] = (score, row);
                Rise(Count++);
            }
        }
        else if (IsBetter((score, row), _heap[0]))
        {
            _heap[0] = (score, row);
            Sink();
        }
    }

    public void OfferAll(TopCandidates other)
    {
        foreach (var (score, row) in other._heap.AsSpan(0, other.Count))
        {
            Offer(score, row);
        }
    }

    /// <summary>The candidates, best first.</summary>
    public (float Score, int Row)[] Ranked()
    {
        (float Score, int Row)[] ranked = _heap[..Count];
        Array.Sort(ranked, static (left, right) => IsBetter(left, right) ? -1 : left == right ? 0 : 1);
        return ranked;
    }

    private static bool IsBetter((float Score, int Row) left, (float Score, int Row) right) =>
        left.Score > right.Score || (left.Score == right.Score && left.Row < right.Row);

    private void Rise(int at)
    {
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (!IsBetter(_heap[parent], _heap[at]))
            {
                return;
            }

            (_heap[parent], _heap[at]) = (_heap[at], _heap[parent]);
            at = parent;
        }
    }

    private void Sink()
    {
        int at = 0;
        while (true)
        {
            int worst = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < Count; child++)
            {
                worst = IsBetter(_heap[worst], _heap[child]) ? child : worst;
            }

            if (worst == at)
            {
                return;
            }

            (_heap[worst], _heap[at]) = (_heap[at], _heap[worst]);
            at = worst;
        }
    }
}
