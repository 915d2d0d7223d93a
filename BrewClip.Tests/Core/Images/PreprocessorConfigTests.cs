using BrewClip.Core.Images;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Images;

public class PreprocessorConfigTests
{
    [Theory]
    [InlineData(
        """{"crop_size": 224, "size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true, "resample": 3}""", 224, null)]
    [InlineData(
        """{"crop_size": {"height": 336, "width": 336}, "size": {"shortest_edge": 336}, "do_rescale": true, """
        + "\"rescale_factor\": 0.00392156862745098}",
        336, null)]
    [InlineData("""{"size": {"height": 32, "width": 32}}""", 32, null)]
    [InlineData("""{"size": {"shortest_edge": 256}, "crop_size": 224}""", 224, 256)]
    [InlineData("{}", 224, null)]
    public void The_hub_s_forms_are_understood(string json, int size, int? shortSide)
    {
        ClipImageProcessorConfig config = ClipImageProcessorConfig.FromJson(json);
        Assert.Equal((size, shortSide), (config.Size, config.ShortSide));
        Assert.Equal(new ClipImageProcessorConfig().Mean, config.Mean);
    }

    [Fact]
    public void Means_and_deviations_are_read()
    {
        ClipImageProcessorConfig config = ClipImageProcessorConfig.FromJson("""{"image_mean": [0.5, 0.25, 0], "image_std": [0.5, 1, 2]}""");
        Assert.Equal([0.5f, 0.25f, 0f], config.Mean);
        Assert.Equal([0.5f, 1f, 2f], config.StandardDeviation);
    }

    [Theory]
    [InlineData("""{"resample": 2}""", "\"resample\": 2, where 3 (bicubic) is needed")]
    [InlineData("""{"do_resize": false}""", "\"do_resize\": false, where true is needed")]
    [InlineData("""{"do_normalize": "yes"}""", "\"do_normalize\"")]
    [InlineData("""{"rescale_factor": 1}""", "where 1/255 is needed")]
    [InlineData("""{"size": {"height": 224, "width": 112}}""", "a square")]
    [InlineData("""{"size": {"longest_edge": 224}}""", "a square")]
    [InlineData("""{"size": 224, "crop_size": 256}""", "resizes the short side to 224 and then crops 256")]
    [InlineData("""{"size": 0}""", "its image size is 0")]
    [InlineData("""{"size": 99999999999}""", "a whole number")]
    [InlineData("""{"size": "big"}""", "a whole number")]
    [InlineData("""{"image_mean": [0.5, 0.5]}""", "three numbers")]
    [InlineData("""{"image_std": [0.5, 0, 0.5]}""", "above 0")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{", "is not JSON")]
    public void What_cannot_be_done_is_refused_with_a_sentence(string json, string sentence)
    {
        var error = Assert.Throws<InvalidDataException>(() => ClipImageProcessorConfig.FromJson(json, "my.json"));
        Assert.Contains("'my.json'", error.Message);
        Assert.Contains(sentence, error.Message);
    }

    [Fact]
    public void A_folder_or_a_file_can_be_loaded()
    {
        using var folder = new TemporaryFolder();
        string file = folder["preprocessor_config.json"];
        Assert.Contains(file, Assert.Throws<FileNotFoundException>(() => ClipImageProcessor.Load(folder.Path)).Message);
        File.WriteAllText(file, """{"size": 64, "crop_size": 64}""");
        Assert.Equal(64, ClipImageProcessor.Load(folder.Path).Size);
        Assert.Equal(3 * 64 * 64, ClipImageProcessor.Load(file).OutputLength);
    }

    [Fact]
    public void A_mutated_config_is_read_or_refused_by_name()
    {
        const string Config =
            """{"crop_size":{"height":224,"width":224},"size":{"shortest_edge":256},"resample":3,"image_mean":[0.5,0.4,0.3],"do_resize":true}""";
        var random = new Random(20_240_604);
        int refused = 0, mutations = FuzzMutations.PerFile(400);
        for (int round = 0; round < mutations; round++)
        {
            char[] text = Config.ToCharArray();
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                text[random.Next(text.Length)] = random.Next(8) == 0
                    ? (char)random.Next(0x10000)
                    : "0129eE+-.\"{}[]:,tfn\\"[random.Next(20)];
            }

            try
            {
                Assert.InRange(
                    ClipImageProcessorConfig.FromJson(
                        new string(text, 0, random.Next(8) == 0 ? random.Next(text.Length) : text.Length), "p.json").Size,
                    1, 4096);
            }
            catch (InvalidDataException exception)
            {
                refused++;
                Assert.Contains("'p.json'", exception.Message);
            }
        }

        Assert.InRange(refused, mutations / 4, mutations);
    }
}
