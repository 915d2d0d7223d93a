using BrewClip.Data;
using BrewClip.Data.Loading;
using BrewClip.Training.LittleWorld;

namespace BrewClip.Tests.Training.LittleWorld;

public sealed class TwinsTogetherTests
{
    private static readonly Dictionary<string,
    string> _scenes = new() { ["0/a"] = "0/a", ["0/b"] = "0/a", ["0/c"] = "0/c", ["1/a"] = "1/a" };

    [Fact]
    public void Equal_captions_of_twins_sort_together_and_all_others_apart()
    {
        var together = new TwinsTogether<string>(new Named(["0/a", "0/b", "0/c", "1/a"]), _scenes);
        long Key(string name) =>
            together.LengthOf(Enumerable.Range(0, together.Count).Single(i => $"{together.GroupOf(i)} {together.NameOf(i)}" == name));
        Assert.Equal(Key("0/a a_0"), Key("0/b b_0"));
        Assert.Equal(Key("0/a a_1"), Key("0/b b_1"));
        Assert.Equal(6, Enumerable.Range(0, together.Count).Select(together.LengthOf).Distinct().Count());
        Assert.All(Enumerable.Range(0, together.Count), i => Assert.True(together.LengthOf(i) >= 0));
    }

    private sealed class Named(string[] images) : IExampleSource<string>
    {
        public int Count => 2 * images.Length;

        public string GroupOf(int index) => images[index / 2];

        public string NameOf(int index) => $"{images[index / 2].Split('/')[1]}_{index % 2}";

        public long LengthOf(int index) => 1;

        public string Load(int index, DeterministicRandom random) => NameOf(index);
    }
}
