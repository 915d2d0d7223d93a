using BrewClip.Cli.Terminal;
using BrewClip.Models.Presets;
using BrewClip.Tests.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Cli;

[Collection(CommandLineCollection.Name)]
public sealed class ModelsVerbTests
{
    [Fact]
    public async Task The_list_has_every_published_size_by_its_hub_name()
    {
        var run = await CommandLine.RunAsync("models", "list");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        string[] names = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(ModelPresets.Names.Select(name => $"openai/{name}"), names);
        Assert.Contains("openai/whisper-base.en", names);
    }

    [Fact]
    public async Task A_model_in_the_hubs_cache_is_answered_with_its_folder_and_one_that_is_not_with_a_sentence()
    {
        using var hub = new MockHub();
        string expected = await hub.ResolveAsync();
        using var offline = new Variables(("HF_HUB_CACHE", hub.Options.CacheFolder), ("HF_HUB_OFFLINE", "1"));

        var there = await CommandLine.RunAsync("models", "pull", "org/name");
        var absent = await CommandLine.RunAsync("models", "pull", "org/other");

        Assert.Equal((ExitCode.Done, expected), (there.ExitCode, there.Output.Trim()));
        Assert.Equal((ExitCode.Failed, ""), (absent.ExitCode, absent.Output));
        Assert.Contains("org/other", absent.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_its_own_answer()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandLine.RunAsync("models", "pull", folder.Path);
        Assert.Equal((ExitCode.Done, folder.Path), (run.ExitCode, run.Output.Trim()));
    }

    // These runs are alone in the process: nothing else reads the variables meanwhile.
    private sealed class Variables : IDisposable
    {
        private readonly (string Name, string? Before)[] _before;

        public Variables(params (string Name, string Value)[] values)
        {
            _before = [.. values.Select(item => (item.Name, Environment.GetEnvironmentVariable(item.Name)))];
            foreach (var (name, value) in values)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public void Dispose()
        {
            foreach (var (name, value) in _before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
