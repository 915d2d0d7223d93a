using BrewClip.Core.Checkpoints;
using BrewClip.Models.Brew;
using BrewClip.Models.Loading;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Brew;

/// <summary>Checkpoint folders: what loads, what is refused, and that what is saved comes back.</summary>
public sealed class BrewClipLoadingTests
{
    public static TheoryData<BrewClipVariant, PromptLink, bool, bool> Mixtures()
    {
        var data = new TheoryData<BrewClipVariant, PromptLink, bool, bool>();
        foreach (var variant in Enum.GetValues<BrewClipVariant>())
        {
            data.Add(variant, PromptLink.Shared, true, false);
            data.Add(variant, PromptLink.Linear, false, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Every_variant_and_mixture_of_choices_encodes_and_comes_back_as_it_was_saved(
        BrewClipVariant variant, PromptLink link, bool visionPrompts, bool maskedMix)
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder["one"], variant, config => config with
        {
            PromptLink = link,
            VisionPrompts = visionPrompts,
            MaskPadding = maskedMix,
            AcousticLayerMix = maskedMix,
            PromptPlacement = maskedMix ? BrewClip.Models.Clip.PromptPlacement.Front : BrewClip.Models.Clip.PromptPlacement.AfterStart,
            AcousticLayers = maskedMix ? 2 : 1,
        });
        using var model = BrewClipModel.Load(folder["one"]);
        model.Save(folder["elsewhere", "two"]);
        using var again = BrewClipModel.Load(folder["elsewhere", "two"]);
        Assert.Equal(model.Config with { Whisper = "../../one/whisper", Clip = "../../one/clip" }, again.Config);
        var (first, second) = (model.EncodeSpeech(FormulaBrewFixture.Tone(1)), again.EncodeSpeech(FormulaBrewFixture.Tone(1)));
        Assert.Equal(first.Vector.ToArray(), second.Vector.ToArray());
        Assert.Equal(model.Config.HasAcoustic, first.AcousticVector is not null);
        Assert.Equal(model.Config.HasPipeline ? SpeechStatus.Transcribed : SpeechStatus.NotTranscribed, first.Status);
        Assert.Equal(model.EncodeImage(FormulaBrewFixture.Picture(2)), again.EncodeImage(FormulaBrewFixture.Picture(2)));
        Assert.Equal(model.EncodeText("a dog"), again.EncodeText("a dog"));
    }

    [Theory]
    [InlineData("whisper", "null", "whisper is empty")]
    [InlineData("clip", "null", "clip is empty")]
    [InlineData("clip", "\"a\\u0000b\"", "a character that no name can hold")]
    public void A_config_that_names_no_Whisper_or_CLIP_is_refused_with_the_key(string key, string value, string said)
    {
        using var folder = new TemporaryFolder();
        string other = key == "clip" ? "whisper" : "clip";
        File.WriteAllText(folder["config.json"], $$"""{ "model_type": "brewclip", "{{key}}": {{value}}, "{{other}}": "{{other}}" }""");
        string message = Assert.Throws<InvalidDataException>(() => BrewClipModel.Load(folder.Path)).Message;
        Assert.Contains(folder["config.json"], message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_that_asks_for_more_than_the_checkpoint_holds_is_refused_before_it_is_allocated()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder.Path);
        var config = BrewClipConfig.Load(folder.Path) with { AcousticFeedForward = 1 << 20, AcousticLayers = 64 };
        config.Save(folder.Path);
        long before = Environment.WorkingSet;
        var error = Assert.ThrowsAny<Exception>(() => BrewClipModel.Load(folder.Path));
        Assert.True(error is InvalidDataException or CheckpointMismatchException, error.ToString());
        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 500 << 20);
    }

    [Fact]
    public async Task A_zero_shot_pipeline_needs_no_weights_and_can_be_composed_of_two_folders()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder.Path, BrewClipVariant.PipelineZeroShot);
        Assert.False(File.Exists(folder[SafetensorsFile.SingleFileName]));
        using var loaded = await BrewClipModel.LoadAsync(folder.Path);
        using var composed = await BrewClipModel.ComposeAsync(folder["whisper"], folder["clip"]);
        Assert.Equal(loaded.EncodeText("a dog"), composed.EncodeText("a dog"));
        Assert.Equal(
            loaded.EncodeSpeech(FormulaBrewFixture.Tone(1)).Vector.ToArray(),
            composed.EncodeSpeech(FormulaBrewFixture.Tone(1)).Vector.ToArray());
    }

    [Fact]
    public async Task Hub_names_are_found_in_the_cache_and_kept_in_what_is_saved()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder["made"], BrewClipVariant.PipelineZeroShot);
        var config = BrewClipConfig.Load(folder["made"]) with { Whisper = "me/ears", Clip = "me/eyes" };
        ToCache(folder["made", "whisper"], folder["cache"], "ears");
        ToCache(folder["made", "clip"], folder["cache"], "eyes");
        config.Save(folder["made"]);
        ToCache(folder["made"], folder["cache"], "brew");
        var options = new BrewClipLoadOptions { Hub = HubOptions.FromEnvironment() with { CacheFolder = folder["cache"], Offline = true } };
        using var model = await BrewClipModel.LoadAsync("me/brew", options);
        Assert.NotEmpty(model.EncodeText("a dog"));
        model.Save(folder["saved"]);
        Assert.Equal(config, BrewClipConfig.Load(folder["saved"]));
    }

    [Fact]
    public void Silence_in_a_pipeline_without_ears_for_sound_says_that_its_vector_says_nothing()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder.Path, BrewClipVariant.PipelinePrompted);
        using var model = BrewClipModel.Load(folder.Path);
        var silence = model.EncodeSpeech(FormulaBrewFixture.Silence(1));
        Assert.Equal(SpeechStatus.NoSpeech, silence.Status);
        Assert.Null(silence.TextVector);
        TensorAssert.Close(model.EncodeText(""), silence.Vector.Span, 1e-6);
    }

    [Fact]
    public void An_utterance_that_cannot_be_transcribed_still_gets_its_acoustic_embedding_and_says_so()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder.Path, whisperWeights: (name, values) =>
            name == "model.decoder.layer_norm.weight" ? [.. values.Select(_ => 3e38f)] : values);
        using var model = BrewClipModel.Load(folder.Path);
        var speech = model.EncodeSpeech(
            [FormulaBrewFixture.Tone(1), FormulaBrewFixture.Silence(1), FormulaBrewFixture.Tone(2)], [null, null, "a dog"]);
        Assert.Equal([SpeechStatus.NotTranscribable, SpeechStatus.NoSpeech, SpeechStatus.Given], speech.Select(one => one.Status));
        Assert.NotNull(speech[0].Failure);
        Assert.Equal(VectorPool.Normalize(speech[0].AcousticVector!.Value.ToArray()), speech[0].Vector.ToArray());
    }

    [Fact]
    public void The_language_is_told_where_the_model_knows_several()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder.Path, languages: ["en", "de"]);
        using var model = BrewClipModel.Load(folder.Path);
        Assert.Contains(model.EncodeSpeech(FormulaBrewFixture.Tone(1)).Language, (string[])["en", "de"]);
    }

    [Fact]
    public void What_is_missing_or_foreign_is_named()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder.Path);
        string weights = folder[SafetensorsFile.SingleFileName];
        var config = BrewClipConfig.Load(folder.Path);

        (config with { PromptLink = PromptLink.Linear }).Save(folder.Path);
        var mismatch = Assert.Throws<CheckpointMismatchException>(() => BrewClipModel.Load(folder.Path));
        Assert.Contains(mismatch.Missing, name => name.StartsWith("prompts.audio.weight", StringComparison.Ordinal));
        Assert.Contains(mismatch.Unexpected, name => name.StartsWith("acoustic.frame_projection.weight", StringComparison.Ordinal));

        config.Save(folder.Path);
        File.Delete(weights);
        Assert.Contains(
            "holds no model.safetensors", Assert.Throws<FileNotFoundException>(() => BrewClipModel.Load(folder.Path)).Message,
            StringComparison.Ordinal);

        (config with { Whisper = "elsewhere" }).Save(folder.Path);
        Assert.Contains(
            "whisper = 'elsewhere'", Assert.Throws<DirectoryNotFoundException>(() => BrewClipModel.Load(folder.Path)).Message,
            StringComparison.Ordinal);

        File.WriteAllText(folder["config.json"], """{ "model_type": "clip", "whisper": "whisper", "clip": "clip" }""");
        Assert.Contains(
            "model_type is 'clip'", Assert.Throws<InvalidDataException>(() => BrewClipModel.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_or_an_image_size_of_another_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder.Path, BrewClipVariant.PipelineZeroShot);
        string preprocessing = folder["clip", "preprocessor_config.json"];
        File.WriteAllText(preprocessing, File.ReadAllText(preprocessing).Replace("32", "64", StringComparison.Ordinal));
        Assert.Contains(
            "64 pixels", Assert.Throws<InvalidDataException>(() => BrewClipModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_disposed_says_so()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder.Path, BrewClipVariant.PipelineZeroShot);
        var model = BrewClipModel.Load(folder.Path);
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.EncodeText("a dog"));
    }

    private static void ToCache(string folder, string cache, string name)
    {
        const string Commit = "0123456789abcdef0123456789abcdef01234567";
        string repository = Path.Combine(cache, $"models--me--{name}"), snapshot = Path.Combine(repository, "snapshots", Commit);
        Directory.CreateDirectory(snapshot);
        Directory.CreateDirectory(Path.Combine(repository, "refs"));
        File.WriteAllText(Path.Combine(repository, "refs", "main"), Commit);
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(snapshot, Path.GetFileName(file)));
        }
    }
}
