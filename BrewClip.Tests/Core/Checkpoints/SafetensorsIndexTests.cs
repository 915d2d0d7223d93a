using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class SafetensorsIndexTests
{
    [Fact]
    public void Shards_read_as_one_checkpoint_from_folder_or_index()
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder);
        foreach (string path in new[] { folder.Path, folder["model.safetensors.index.json"] })
        {
            using var file = SafetensorsFile.Open(path);
            Assert.Equal(["a", "b", "c"], file.Tensors.Keys.Order());
            Assert.Equal([1f, 2f], file.ReadFloat32("a"));
            Assert.Equal([5f], file.ReadFloat32("c"));
            Assert.Equal("pt", file.Metadata["format"]);
            Assert.EndsWith("model-00002-of-00002.safetensors", file.Tensors["c"].File, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_file_is_preferred_to_shards_beside_it()
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder);
        SafetensorsWriter.Write(folder["model.safetensors"], [TensorData.FromFloat32("only", [1], new float[] { 9 })]);
        using var file = SafetensorsFile.Open(folder.Path);
        Assert.Equal(["only"], file.Tensors.Keys);
    }

    [Fact]
    public void A_missing_shard_is_named_with_its_tensor()
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder);
        File.Delete(folder["model-00002-of-00002.safetensors"]);
        var exception = Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open(folder.Path));
        Assert.Contains("model-00002-of-00002.safetensors", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'c'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_lacks_its_tensor_is_refused()
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder);
        WriteIndex(folder, "{\"weight_map\":{\"z\":\"model-00001-of-00002.safetensors\"}}");
        Assert.Contains(
            "'z'", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil.safetensors")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/shard.safetensors")]
    [InlineData("..\\\\evil.safetensors")]
    [InlineData("C:evil.safetensors")]
    [InlineData("a\\u0000b")]
    public void A_shard_outside_the_folder_is_refused(string shard)
    {
        using var folder = new TemporaryFolder();
        WriteIndex(folder, $"{{\"weight_map\":{{\"a\":\"{shard}\"}}}}");
        Assert.Contains(
            "own folder", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"weight_map\":[]}")]
    [InlineData("{\"weight_map\":{}}")]
    [InlineData("{\"weight_map\":{\"a\":1}}")]
    [InlineData("{\"weight_map\":{\"a\":\"m.safetensors\",\"a\":\"m.safetensors\"}}")]
    public void A_broken_index_is_refused_by_name(string json)
    {
        using var folder = new TemporaryFolder();
        WriteIndex(folder, json);
        Assert.Contains(
            "index.json", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_shard_leaves_the_others_closed()
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder);
        File.WriteAllText(folder["model-00002-of-00002.safetensors"], "damaged");
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(folder.Path));
        using var exclusive = new FileStream(
            folder["model-00001-of-00002.safetensors"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(exclusive.CanWrite);
    }

    private static void WriteShards(TemporaryFolder folder)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        SafetensorsWriter.Write(
            folder["model-00001-of-00002.safetensors"],
            [TensorData.FromFloat32(
                "a", [2], new float[] { 1, 2 }), TensorData.FromFloat32("b", [2], new float[] { 3, 4 }, SafetensorsType.Float16)],
            metadata);
        SafetensorsWriter.Write(
            folder["model-00002-of-00002.safetensors"], [TensorData.FromFloat32("c", [1], new float[] { 5 })], metadata);
        var map = new Dictionary<string, string>
        {
            ["a"] = "model-00001-of-00002.safetensors",
            ["b"] = "model-00001-of-00002.safetensors",
            ["c"] = "model-00002-of-00002.safetensors",
        };
        WriteIndex(folder, JsonSerializer.Serialize(new { metadata = new { total_size = 16 }, weight_map = map }));
    }

    private static void WriteIndex(TemporaryFolder folder, string json) => File.WriteAllText(folder["model.safetensors.index.json"], json);
}
