using BrewClip.Data;
using BrewClip.Data.Flickr8k;
using BrewClip.Data.LocalizedNarratives;
using BrewClip.Data.Manifests;
using BrewClip.Data.SpokenCoco;
using BrewClip.Data.Transcripts;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data;

public sealed class ReaderFuzzTests
{
    private const string Coco =
        """{"data":[{"image":"val2014/COCO_val2014_000000000009.jpg","captions":[{"text":"A","speaker":"m","uttid":"u","wav":"w/u.wav"}]}]}""";

    private const string Narrative =
        """{"dataset_id":"mscoco_val2017","image_id":"7","annotator_id":9,"caption":"c","timed_caption":[{"utterance":"c","start_time":0,"end_time":4}],"traces":[[{"x":1,"y":0,"t":1}]],"voice_recording":"coco_val/a.ogg"}""";

    private static readonly (string File, string Text, Func<string, Action<DatasetProblem>, int> Read)[] _tables =
    [
        ("Flickr8k.token.txt", "a.jpg#0\tOne .\na.jpg#1\tTwo .\nb.jpg#0\tThree .\n", (path, report) =>
            Flickr(path).Read(null, report).Count()),
        ("captions.txt", "image,caption\na.jpg,\"One, \"\"two\"\" .\"\nb.jpg,Three .\n", (path, report) =>
            Flickr(path).Read(null, report).Count()),
        ("dataset_flickr8k.json", """{"images":[{"sentences":[{"raw":"One ."}],"split":"val","filename":"a.jpg"}]}""", (path, report) =>
            Flickr(path, Flickr8kTables.Karpathy).Read(null, report).Count()),
        ("SpokenCOCO_val.json", Coco, (path, report) =>
            new SpokenCocoDataset(Path.GetDirectoryName(path)!).Read(DatasetSplit.Development, report).Count()),
        ("coco_val_localized_narratives.jsonl", Narrative + "\n" + Narrative + "\n", (path, report) =>
            new LocalizedNarrativesDataset(Path.GetDirectoryName(path)!, new LocalizedNarrativesOptions { IncludeTraces = true })
                .Read(DatasetSplit.Development, report).Count()),
        (
            "m.jsonl", """{"image":"a.jpg","audio":"a.wav","text":"x","split":"dev","k":[1]}""",
            (path, report) => new ManifestDataset(path).Read(null, report).Count()),
        ("m.csv", "image,text,split\na.jpg,\"x, y\",train\nb.jpg,z,test\n", (path, report) =>
            new ManifestDataset(path).Read(null, report).Count()),
        ("t.txt", "a_0# One\na_1# Two\n", (path, report) => PublishedTranscripts.Read(path, report).Count()),
    ];

    [Fact]
    public void Mutated_tables_are_read_reported_or_refused_by_documented_exceptions()
    {
        var random = new Random(20_240_602);
        int mutations = FuzzMutations.PerFile(80);
        foreach (var (file, text, read) in _tables)
        {
            using var folder = new TemporaryFolder();
            int faults = 0;
            for (int round = 0; round < mutations; round++)
            {
                File.WriteAllBytes(folder[file], Mutate(System.Text.Encoding.UTF8.GetBytes(text), random));
                try
                {
                    read(folder[file], problem =>
                    {
                        faults++;
                        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
                    });
                }
                catch (InvalidDataException exception)
                {
                    faults++;
                    Assert.Contains(file, exception.Message, StringComparison.Ordinal);
                }
            }

            Assert.True(faults > 5, $"{file}: {faults} faults");
        }
    }

    private static Flickr8kDataset Flickr(string path, Flickr8kTables tables = Flickr8kTables.Official) =>
        new(Path.GetDirectoryName(path)!, new Flickr8kOptions { Tables = tables });

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length);
        switch (random.Next(5))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 12))..]];
            case 2:
                return [.. bytes[..at], .. "\"{[,\\ud800\t#"u8.ToArray().AsSpan(random.Next(5), random.Next(1, 7)), .. bytes[at..]];
            default:
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
        }
    }
}
