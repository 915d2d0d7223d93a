using System.IO.Compression;
using BrewClip.Benchmarks;
using BrewClip.Benchmarks.Loading;
using BrewClip.Benchmarks.Retrieval;
using BrewClip.Benchmarks.Text;
using BrewClip.Benchmarks.Whisper;
using BrewClip.Core.Images;
using BrewClip.Core.Retrieval.Indexing;
using BrewClip.Core.Text;
using BrewClip.Models.Layers;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Benchmarks;

public sealed class WorkloadTests
{
    [Fact]
    public void An_epoch_ends_with_a_batch_of_the_picture_as_CLIP_sees_it()
    {
        using var folder = new TemporaryFolder();
        using var workload = new EpochWorkload(examples: 20);
        workload.Run();
        workload.Run();
        string[] arguments = [.. workload.PeerArguments(folder.Path)];
        byte[] expected = new ClipImageProcessor(new ClipImageProcessorConfig()).ResizeAndCrop(RgbImage.Load(arguments[0]));
        Assert.Equal(16, workload.Items);
        Assert.Equal(16 * expected.Length, workload.Batch.Length);
        Assert.Equal(expected, workload.Batch.AsSpan(15 * expected.Length).ToArray());
        Assert.Equal(["20", "16", $"{Environment.ProcessorCount}"], arguments[1..]);
    }

    [Fact]
    public void A_saved_index_answers_with_paths_and_facts_whether_it_stays_open_or_not()
    {
        using var open = new SavedSearchWorkload(50, opens: false);
        using var opening = new SavedSearchWorkload(50, opens: true);
        open.Run();
        opening.Run();
        Assert.Equal(10, open.Hits.Count);
        Assert.Equal(open.Hits, opening.Hits);
        Assert.All(open.Hits, hit => Assert.StartsWith("photographs/000/picture 0000", hit.Id));
        Assert.All(open.Hits, hit => Assert.Equal(100_000 + hit.Position, ImageFacts.Parse(hit.Metadata)?.Size));
        Assert.Equal(["query", "open"], new[] { open, opening }.Select(workload => workload.PeerArguments("folder")[^1]));
    }

    [Fact]
    public void The_peer_of_CLIPs_tokenizer_is_given_its_merges_and_its_ids()
    {
        using var folder = new TemporaryFolder();
        using var workload = new ClipTokenizerWorkload(captions: 30);
        workload.Run();
        string[] arguments = [.. workload.PeerArguments(folder.Path)];
        string[] captions = File.ReadAllLines(arguments[0]);
        // A tokenizer that knows the merges alone, as the peer does, finds the same ids.
        string merges = folder["bpe_simple_vocab_16e6.txt"];
        using (var stream = new GZipStream(File.OpenRead(arguments[1]), CompressionMode.Decompress))
        using (var target = File.Create(merges))
        {
            stream.CopyTo(target);
        }

        var tokenizer = ClipTokenizer.Load(merges);
        Assert.Equal(30, captions.Length);
        Assert.Equal(captions.Select(caption => string.Join(' ', tokenizer.Encode(caption))), File.ReadAllLines(arguments[2]));
    }

    [Fact]
    public void The_peer_of_Whispers_tokenizer_is_given_its_vocabulary_and_its_ids()
    {
        using var folder = new TemporaryFolder();
        using var workload = new WhisperTokenizerWorkload(captions: 30);
        workload.Run();
        string[] arguments = [.. workload.PeerArguments(folder.Path)];
        string[] captions = File.ReadAllLines(arguments[0]);
        var tokenizer = WhisperTokenizer.Load(arguments[1]);
        Assert.True(File.Exists(folder["vocab.json"]));
        Assert.Equal(30, captions.Length);
        Assert.Equal(captions.Select(caption => string.Join(' ', tokenizer.Encode(caption))), File.ReadAllLines(arguments[2]));
    }

    [Fact]
    public void A_step_is_not_charged_with_the_projections_of_the_audio_that_are_behind_it()
    {
        const int Width = 16, Inner = 32, Vocabulary = 51865, Layers = 2;
        var config = new WhisperConfig
        {
            VocabularySize = Vocabulary,
            Width = Width,
            EncoderLayers = 1,
            DecoderLayers = Layers,
            EncoderAttentionHeads = 2,
            DecoderAttentionHeads = 2,
            EncoderFeedForward = Inner,
            DecoderFeedForward = Inner,
            AudioPositions = 10,
        };
        using var model = new WhisperModel(config, new WhisperGenerationConfig(), new ParameterOptions(ScalarType.Float32, CPU, false));
        double matrices = Layers * (6.0 * Width * Width + 2 * Width * Inner) + Width * Vocabulary;
        // Beside the matrices there are vectors: of each layer, biases and three norms.
        Assert.InRange(WhisperStepWorkload.WeightsRead(model), matrices, matrices + (Layers + 1) * 16.0 * Width);
        Assert.Equal(matrices, (Work.DecoderStep(config, 0) - Layers * 4.0 * Width * config.AudioPositions) / 2);
    }

    [Fact]
    public void A_scratch_folder_goes_with_its_files()
    {
        string path;
        using (var folder = new ScratchFolder())
        {
            path = folder.Path;
            File.WriteAllText(folder["file"], "contents");
            Assert.True(File.Exists(Path.Combine(path, "file")));
        }

        Assert.False(Directory.Exists(path));
    }
}
