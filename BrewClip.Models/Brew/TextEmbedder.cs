using BrewClip.Core.Text;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>Texts to vectors by the pipeline channel: tokens, prompts, text tower; long texts by policy; batches of like lengths.</summary>
internal sealed class TextEmbedder(BrewClipNetwork network, BrewClipBackbone backbone, BrewClipOptions options)
{
    private readonly int _contextLength = backbone.Clip.Config.Text.ContextLength;

    /// <summary>One vector for each text, in their order, not normalised.</summary>
    public float[][] Embed(IReadOnlyList<string> texts, Action<int>? report, CancellationToken cancellation)
    {
        var windows = new List<(int Text, int[] Tokens)>();
        for (int i = 0; i < texts.Count; i++)
        {
            windows.AddRange(
                Windows(texts[i], i, cancellation).Select(window => (i, backbone.ClipTokenizer.EncodeForModel(window, _contextLength))));
        }

        // A batch is as long as its longest text: like lengths together waste nothing.
        var order = windows.Select((window, i) => (Length: Array.IndexOf(window.Tokens, backbone.ClipTokenizer.EndOfText), Index: i))
            .OrderBy(item => item.Length).Select(item => item.Index).ToArray();
        var vectors = new float[windows.Count][];
        int done = 0;
        foreach (int[] batch in order.Chunk(options.TextBatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            EmbedBatch(windows, batch, vectors);
            done += batch.Length;
            report?.Invoke((int)((long)texts.Count * done / windows.Count));
        }

        return
        [
            .. windows.Select((window, i) => (window.Text, Vector: vectors[i])).GroupBy(item => item.Text)
                .Select(group => VectorPool.Average([.. group.Select(item => item.Vector)], [])),
        ];
    }

    private IEnumerable<string> Windows(string text, int index, CancellationToken cancellation) => text is null
        ? throw new ArgumentException($"Text {index} is null.")
        : options.LongText == LongTextPolicy.Windows
            ? TextWindows.Split(backbone.ClipTokenizer, text, _contextLength, network.Config.ActivePrompts, cancellation)
            : [text];

    private void EmbedBatch(List<(int Text, int[] Tokens)> windows, int[] batch, float[][] vectors)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tokens = new long[batch.Length * _contextLength];
        for (int row = 0; row < batch.Length; row++)
        {
            for (int column = 0; column < _contextLength; column++)
            {
                tokens[row * _contextLength + column] = windows[batch[row]].Tokens[column];
            }
        }

        float[][] rows = TensorRows.ToFiniteArrays(network.EmbedText(tensor(tokens, [batch.Length, _contextLength])), "a text");
        for (int row = 0; row < batch.Length; row++)
        {
            vectors[batch[row]] = rows[row];
        }
    }
}
