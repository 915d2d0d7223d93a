using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>What one decoder layer remembers: keys and values of the tokens so far, and those of the audio.</summary>
internal sealed class LayerCache : IDisposable
{
    public LayerCache(Tensor keys, Tensor values, Tensor audioKeys, Tensor audioValues)
    {
        Keys = Own(keys);
        Values = Own(values);
        AudioKeys = Own(audioKeys);
        AudioValues = Own(audioValues);
    }

    /// <summary>[rows, heads, capacity, width / heads].</summary>
    public Tensor Keys { get; private set; }

    /// <summary>[rows, heads, capacity, width / heads].</summary>
    public Tensor Values { get; private set; }

    /// <summary>[utterances, heads, frames, width / heads].</summary>
    public Tensor AudioKeys { get; private set; }

    /// <summary>[utterances, heads, frames, width / heads].</summary>
    public Tensor AudioValues { get; private set; }

    /// <summary>
    /// Row i becomes what row <paramref name="sources"/>[i] was, over the first <paramref name="length"/> positions, in place.
    /// </summary>
    public void Reorder(Tensor sources, long length)
    {
        using var scope = NewDisposeScope();
        foreach (var tensor in (Tensor[])[Keys, Values])
        {
            var filled = tensor.narrow(2, 0, length);
            filled.copy_(filled.index_select(0, sources));
        }
    }

    /// <summary>Takes rows <paramref name="sources"/> of the tokens' keys and values, in their order, into new storage.</summary>
    public void SelectRows(Tensor sources, long length)
    {
        (Keys, Values) = (Rows(Keys, sources, length), Rows(Values, sources, length));
    }

    /// <summary>Takes utterances <paramref name="sources"/> of the audio's keys and values, in their order.</summary>
    public void SelectUtterances(Tensor sources)
    {
        AudioKeys = Replace(AudioKeys, AudioKeys.index_select(0, sources));
        AudioValues = Replace(AudioValues, AudioValues.index_select(0, sources));
    }

    public void Dispose()
    {
        Keys.Dispose();
        Values.Dispose();
        AudioKeys.Dispose();
        AudioValues.Dispose();
    }

    private static Tensor Rows(Tensor tensor, Tensor sources, long length)
    {
        using var scope = NewDisposeScope();
        var shape = tensor.shape;
        var selected = empty([sources.shape[0], .. shape[1..]], dtype: tensor.dtype, device: tensor.device);
        selected.narrow(2, 0, length).copy_(tensor.narrow(2, 0, length).index_select(0, sources));
        return Replace(tensor, selected);
    }

    private static Tensor Replace(Tensor old, Tensor replacement)
    {
        old.Dispose();
        return Own(replacement);
    }

    private static Tensor Own(Tensor tensor)
    {
        tensor.DetachFromDisposeScope();
        return tensor;
    }
}
