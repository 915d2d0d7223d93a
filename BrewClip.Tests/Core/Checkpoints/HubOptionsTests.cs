using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class HubOptionsTests
{
    [Fact]
    public void Without_variables_the_cache_is_the_one_python_has()
    {
        var options = Read([("HOME", "/home/me")]);
        Assert.Equal("/home/me/.cache/huggingface/hub", options.CacheFolder);
        Assert.Equal(HuggingFaceHub.DefaultEndpoint, options.Endpoint);
        Assert.False(options.Offline);
        Assert.True(options.UseSymbolicLinks);
        Assert.Null(options.Token);
    }

    [Theory]
    [InlineData("XDG_CACHE_HOME=/x", "/x/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME=/x;HF_HOME=/h", "/h/hub")]
    [InlineData("HF_HOME=~/hf", "/home/me/hf/hub")]
    [InlineData("HF_HOME=$DATA/hf;DATA=/data", "/data/hf/hub")]
    [InlineData("HF_HOME=${DATA}/hf", "${DATA}/hf/hub")]
    [InlineData("HF_HOME=/h;HUGGINGFACE_HUB_CACHE=/old", "/old")]
    [InlineData("HF_HOME=/h;HUGGINGFACE_HUB_CACHE=/old;HF_HUB_CACHE=/new", "/new")]
    [InlineData("HF_HOME=;HF_HUB_CACHE=", "/home/me/.cache/huggingface/hub")]
    public void The_cache_is_where_the_variables_say(string variables, string folder)
    {
        var pairs = variables.Split(';').Select(v => v.Split('=')).Select(v => (v[0], v[1]));
        Assert.Equal(folder, Read([("HOME", "/home/me"), .. pairs]).CacheFolder);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData("ON", true)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("", false)]
    public void Switches_are_read_as_python_reads_them(string value, bool expected)
    {
        Assert.Equal(expected, Read([("HF_HUB_OFFLINE", value)]).Offline);
        Assert.Equal(expected, Read([("TRANSFORMERS_OFFLINE", value)]).Offline);
        Assert.Equal(!expected, Read([("HF_HUB_DISABLE_SYMLINKS", value)]).UseSymbolicLinks);
    }

    [Fact]
    public void The_token_comes_from_the_variable_or_the_file_and_is_never_printed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["token"], " from-file\n");
        File.WriteAllText(folder["other"], "from-other\r\n");
        Assert.Equal("from-file", Read([("HF_HOME", folder.Path)]).Token);
        Assert.Equal("from-other", Read([("HF_HOME", folder.Path), ("HF_TOKEN_PATH", folder["other"])]).Token);
        Assert.Equal("older", Read([("HF_HOME", folder.Path), ("HUGGING_FACE_HUB_TOKEN", "older")]).Token);
        var options = Read([("HF_HOME", folder.Path), ("HF_TOKEN", "from-variable\n"), ("HUGGING_FACE_HUB_TOKEN", "older")]);
        Assert.Equal("from-variable", options.Token);
        Assert.DoesNotContain("from-variable", options.ToString(), StringComparison.Ordinal);
        Assert.Null(Read([("HF_HOME", folder.Path), ("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")]).Token);
    }

    [Fact]
    public void The_endpoint_loses_its_final_slash_and_timeouts_are_seconds()
    {
        var options = Read(
            [("HF_ENDPOINT", "https://mirror.local/hub/"), ("HF_HUB_ETAG_TIMEOUT", "30"), ("HF_HUB_DOWNLOAD_TIMEOUT", "nonsense")]);
        Assert.Equal("https://mirror.local/hub", options.Endpoint);
        Assert.Equal(TimeSpan.FromSeconds(30), options.ResponseTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.StallTimeout);
    }

    private static HubOptions Read((string Name, string Value)[] variables)
    {
        var map = variables.ToDictionary(v => v.Name, v => v.Value);
        map.TryAdd("HOME", "/nowhere");
        return HubEnvironment.Read(name => map.GetValueOrDefault(name));
    }
}
