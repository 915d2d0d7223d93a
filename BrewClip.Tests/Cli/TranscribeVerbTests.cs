using BrewClip.Cli.Models;
using BrewClip.Core.Audio;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Tests.Cli;

[Collection(CommandLineCollection.Name)]
public sealed class TranscribeVerbTests(CheckpointFixture fixture) : IClassFixture<CheckpointFixture>
{
    [Fact]
    public async Task Json_is_an_array_with_what_the_library_gives_for_each_file_in_order()
    {
        string[] files = [fixture.Speech(1), fixture.Speech(0)];

        var run = await CommandLine.RunAsync(
            ["transcribe", .. files, "--model", fixture.Whisper, "--format", "json", "--timestamps", "word", "--temperature", "0"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(files, run.Json.EnumerateArray().Select(item => item.GetProperty("file").GetString()));
        using var whisper = await LoadedWhisper.LoadAsync(fixture.Brew, new ModelLoadingOptions(), default);
        foreach (var (file, item) in files.Zip(run.Json.EnumerateArray()))
        {
            var options = new TranscriptionOptions { Temperatures = [0], Timestamps = TimestampDetail.Word };
            var transcript = whisper.Transcriber.Transcribe(AudioClip.Load(file), options);
            Assert.Equal(transcript.Text, item.GetProperty("text").GetString());
            Assert.Equal(transcript.Language, item.GetProperty("language").GetString());
            Assert.NotEmpty(transcript.Segments);
            foreach (var (expected, segment) in transcript.Segments.Zip(item.GetProperty("segments").EnumerateArray()))
            {
                Assert.Equal(expected.Tokens, segment.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()));
                Assert.Equal(expected.Start, segment.GetProperty("start").GetDouble());
                Assert.Equal(expected.End, segment.GetProperty("end").GetDouble());
                Assert.Equal(expected.AverageLogProbability, segment.GetProperty("avg_logprob").GetDouble(), 1e-4);
                Assert.Equal(expected.NoSpeechProbability, segment.GetProperty("no_speech_prob").GetDouble(), 1e-4);
                Assert.Equal(expected.CompressionRatio, segment.GetProperty("compression_ratio").GetDouble(), 1e-6);
                Assert.Equal(
                    expected.Words!.Select(word => word.Text),
                    segment.GetProperty("words").EnumerateArray().Select(word => word.GetProperty("word").GetString()));
            }
        }
    }

    [Fact]
    public async Task Without_timed_words_there_are_none_in_the_json_and_the_options_reach_the_decoder()
    {
        var run = await CommandLine.RunAsync(
            "transcribe", fixture.Speech(0), "--model", fixture.Brew, "--format", "json", "--timestamps", "none", "--temperature", "0",
            "--max-tokens", "3", "--beam", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.NotEqual(0, run.Json[0].GetProperty("segments").GetArrayLength());
        foreach (var segment in run.Json[0].GetProperty("segments").EnumerateArray())
        {
            Assert.False(segment.TryGetProperty("words", out _));
            Assert.InRange(segment.GetProperty("tokens").GetArrayLength(), 0, 3);
            Assert.Equal(0, segment.GetProperty("temperature").GetDouble());
        }
    }

    [Theory]
    [InlineData("srt", @"^1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n")]
    [InlineData("vtt", @"^WEBVTT\n\n00:\d\d\.\d{3} --> 00:\d\d\.\d{3}\n")]
    public async Task Subtitles_begin_as_their_formats_say(string format, string pattern)
    {
        var run = await CommandLine.RunAsync(
            "transcribe", fixture.Speech(0), "--model", fixture.Whisper, "--format", format, "--temperature", "0");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(pattern, run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_and_the_others_are_transcribed()
    {
        var run = await CommandLine.RunAsync(
            "transcribe", "missing.wav", fixture.Speech(0), fixture.Image(0), "--model", fixture.Whisper, "--format", "json",
            "--temperature", "0");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(fixture.Speech(0), Assert.Single(run.Json.EnumerateArray()).GetProperty("file").GetString());
        Assert.Contains("'missing.wav'", run.Errors, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(fixture.Image(0)), run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--beam needs temperature 0", "--beam", "2", "--temperature", "0.5")]
    [InlineData("--best-of one above 0", "--best-of", "2", "--temperature", "0")]
    [InlineData("without BeamSize", "--patience", "2")]
    [InlineData("'klingon'", "--language", "klingon")]
    [InlineData("--batch-size is 0", "--batch-size", "0")]
    [InlineData("holds 'x'", "--suppress-tokens", "1,x")]
    [InlineData("'mp3'", "--format", "mp3")]
    [InlineData("'1'", "--task", "1")]
    [InlineData("one recording", "--format", "srt", "--timestamps", "none")]
    [InlineData("no device", "--device", "tpu")]
    [InlineData("'--nonsense' is not an option", "--nonsense")]
    public async Task Wrong_options_are_refused_with_a_sentence_and_exit_code_2(string message, params string[] options)
    {
        var run = await CommandLine.RunAsync(["transcribe", fixture.Speech(0), "--model", fixture.Whisper, .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_too_large_to_compute_with_are_a_sentence_not_a_stack_of_calls()
    {
        string folder = fixture.New("loud model");
        BrewClip.Tests.Support.FormulaCheckpoint.Write(
            folder, whisperWeights: (name, values) => name.Contains("fc1.weight", StringComparison.Ordinal)
                ? [.. values.Select(value => value * 1e38f)]
                : values);

        var run = await CommandLine.RunAsync("transcribe", fixture.Speech(0), "--model", folder, "--temperature", "0");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not finite numbers", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_another_kind_and_a_place_without_one_are_refused_by_name()
    {
        var clip = await CommandLine.RunAsync("transcribe", fixture.Speech(0), "--model", fixture.Clip);
        Assert.Equal(1, clip.ExitCode);
        Assert.Contains("type 'clip': a Whisper is needed", clip.Errors, StringComparison.Ordinal);

        var nothing = await CommandLine.RunAsync("transcribe", fixture.Speech(0), "--model", fixture.Images);
        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("holds no config.json", nothing.Errors, StringComparison.Ordinal);
    }
}
