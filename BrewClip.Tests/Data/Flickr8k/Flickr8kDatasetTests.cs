using BrewClip.Data;
using BrewClip.Data.Flickr8k;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.Flickr8k;

public sealed class Flickr8kDatasetTests
{
    [Fact]
    public void Records_come_in_the_order_of_the_split_with_everything_the_tables_say()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var records = new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train).ToList();
        Assert.Equal(10, records.Count);
        Assert.Equal(["20_b_0", "20_b_1", "20_b_2", "20_b_3", "20_b_4", "10_a_0"], records.Take(6).Select(r => r.Id));
        var third = records[2];
        Assert.Equal("20_b", third.ImageId);
        Assert.Equal(folder["Flicker8k_Dataset", "20_b.jpg"], third.ImagePath);
        Assert.Equal(folder["flickr_audio", "wavs", "20_b_2.wav"], third.AudioPath);
        Assert.Equal("A \"dog\" , number 2 of 20_b.jpg", third.Caption);
        Assert.Equal("0", third.Speaker);
    }

    [Fact]
    public void Raw_captions_are_the_files_own()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var dataset = new Flickr8kDataset(folder.Path, new Flickr8kOptions { CaptionForm = CaptionForm.Raw });
        Assert.Equal("A \"dog\" , number 0 of 40_d.jpg .", dataset.Read(DatasetSplit.Test).First().Caption);
    }

    [Fact]
    public void A_complete_tree_has_no_problem_even_when_decoded()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        Assert.Empty(new Flickr8kDataset(folder.Path).Check(new DatasetCheckOptions { Media = MediaCheck.Decode }));
    }

    [Fact]
    public void The_image_with_the_odd_ending_is_in_no_split_and_its_file_is_found()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var dataset = new Flickr8kDataset(folder.Path);
        var odd = dataset.Read(null, _ => { }).Where(r => r.ImageId == "2258277193_586949ec62").ToList();
        Assert.Equal(5, odd.Count);
        Assert.All(odd, r => Assert.True(File.Exists(r.ImagePath)));
        Assert.DoesNotContain(dataset.Splits.SelectMany(split => dataset.Read(split)), r => r.ImageId == odd[0].ImageId);
        TinyMedia.Picture(folder["Flicker8k_Dataset", "2258277193_586949ec62.jpg.1"]);
        Assert.EndsWith(".jpg.1", dataset.Read().Last().ImagePath, StringComparison.Ordinal);
    }

    [Fact]
    public void The_recording_whose_header_lies_about_its_length_is_no_problem()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        string path = folder["flickr_audio", "wavs", "30_c_3.wav"];
        byte[] wave = File.ReadAllBytes(path);
        int data = wave.AsSpan().IndexOf("data"u8);
        BitConverter.TryWriteBytes(wave.AsSpan(data + 4), 2_000_000_000);
        File.WriteAllBytes(path, wave);
        var dataset = new Flickr8kDataset(folder.Path);
        Assert.Empty(dataset.Check(new DatasetCheckOptions { Media = MediaCheck.Decode }));
        Assert.Equal(0.1, DatasetStatistics.Compute(dataset, DatasetSplit.Development, measureAudio: true).AudioSeconds.Maximum, 3);
    }

    [Fact]
    public void Without_the_audio_tables_recordings_are_named_as_in_the_corpus()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var with = new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train).ToList();
        File.Delete(folder["flickr_audio", "wav2capt.txt"]);
        File.Delete(folder["flickr_audio", "wav2spk.txt"]);
        var without = new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train).ToList();
        Assert.Equal(with.Select(r => r with { Speaker = null }), without);
    }

    [Theory]
    [InlineData("Images", "flickr_audio")]
    [InlineData("Flickr8k_Dataset/Flicker8k_Dataset", "flickr_audio/flickr_audio")]
    public void Renamed_and_nested_folders_are_found(string images, string audio)
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        Directory.Move(folder["Flicker8k_Dataset"], folder["images-elsewhere"]);
        Directory.CreateDirectory(Path.GetDirectoryName(folder[images])!);
        Directory.Move(folder["images-elsewhere"], folder[images]);
        Directory.Move(folder["flickr_audio"], folder["audio-elsewhere"]);
        Directory.CreateDirectory(Path.GetDirectoryName(folder[audio])!);
        Directory.Move(folder["audio-elsewhere"], folder[audio]);
        Directory.CreateDirectory(folder["Flickr8k_text"]);
        foreach (string text in Directory.GetFiles(folder.Path, "*.txt"))
        {
            File.Move(text, folder["Flickr8k_text", Path.GetFileName(text)]);
        }

        Assert.Empty(new Flickr8kDataset(folder.Path).Check());
    }

    [Fact]
    public void Captions_txt_is_read_as_comma_separated_values()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        File.Delete(folder["Flickr8k.token.txt"]);
        TinyMedia.Raw(folder["captions.txt"], "image,caption\r\n40_d.jpg,\"A dog , with a \"\"hat\"\" .\"\r\n40_d.jpg,A Man runs.\r\n");
        var records = new Flickr8kDataset(folder.Path).Read(DatasetSplit.Test).ToList();
        Assert.Equal(["a dog , with a \"hat\"", "a man runs"], records.Select(r => r.Caption));
        Assert.Equal(["40_d_0", "40_d_1"], records.Select(r => r.Id));
    }

    [Fact]
    public void Karpathys_file_brings_its_own_splits()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        TinyMedia.Raw(folder["dataset_flickr8k.json"],
            """
            {"images":[{"sentids":[0],"imgid":0,"sentences":[{"tokens":["a"],"raw":"A dog .","imgid":0,"sentid":0}],
            "split":"val","filename":"10_a.jpg"},
            {"sentids":[],"sentences":[],"split":"test","filename":"20_b.jpg"}],"dataset":"flickr8k"}
            """);
        var dataset = new Flickr8kDataset(folder.Path, new Flickr8kOptions { Tables = Flickr8kTables.Karpathy });
        Assert.Equal(["A dog"], dataset.Read(DatasetSplit.Development).Select(r => r.Caption));
        Assert.Empty(dataset.Read(DatasetSplit.Train));
        Assert.Contains("20_b.jpg", Assert.Throws<InvalidDataException>(
            () => dataset.Read(DatasetSplit.Test).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_of_windows_change_nothing()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var before = new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train).ToList();
        foreach (string text in Directory.GetFiles(folder.Path, "*.txt", SearchOption.AllDirectories))
        {
            File.WriteAllText(text, File.ReadAllText(text).Replace("\n", "\r\n", StringComparison.Ordinal));
        }

        Assert.Equal(before, new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train));
    }

    [Fact]
    public void Every_fault_is_listed_with_file_and_line_and_the_rest_is_read()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        File.AppendAllText(
            folder["Flickr8k.token.txt"], "no tab here\n10_a.jpg#0\tagain .\n50_e.jpg#x\twrong .\n40_d.jpg#5\t .\n/etc/x.jpg#0\tevil .\n");
        File.AppendAllText(folder["Flickr_8k.trainImages.txt"], "10_a.jpg\nmissing.jpg\n");
        File.AppendAllText(folder["Flickr_8k.testImages.txt"], "10_a.jpg\n");
        File.AppendAllText(folder["flickr_audio", "wav2capt.txt"], "broken line\n10_a_0.wav 10_a.jpg #0\n../../evil.wav 40_d.jpg #5\n");
        File.AppendAllText(folder["flickr_audio", "wav2spk.txt"], "10_a_0.wav 9\n");
        File.Delete(folder["Flicker8k_Dataset", "30_c.jpg"]);
        File.Delete(folder["flickr_audio", "wavs", "30_c_1.wav"]);
        File.WriteAllBytes(folder["flickr_audio", "wavs", "30_c_2.wav"], []);
        File.WriteAllText(folder["flickr_audio", "wavs", "30_c_4.wav"], "no recording at all");
        var problems = new Flickr8kDataset(folder.Path).Check(new DatasetCheckOptions { Media = MediaCheck.Header }).ToList();

        void Has(DatasetProblemKind kind, string file, int? line, string says = "") => Assert.Single(
            problems, p => p.Kind == kind
                && p.File.EndsWith(file, StringComparison.Ordinal) && p.Line == line && p.Message.Contains(says, StringComparison.Ordinal));

        Has(DatasetProblemKind.Malformed, "Flickr8k.token.txt", 26);
        Has(DatasetProblemKind.Duplicate, "Flickr8k.token.txt", 27, "10_a.jpg");
        Has(DatasetProblemKind.Malformed, "Flickr8k.token.txt", 28);
        Has(DatasetProblemKind.EmptyText, "Flickr8k.token.txt", 29);
        Has(DatasetProblemKind.Malformed, "Flickr8k.token.txt", 30, "/etc/x.jpg");
        Has(DatasetProblemKind.Duplicate, "Flickr_8k.trainImages.txt", 3);
        Has(DatasetProblemKind.Missing, "Flickr_8k.trainImages.txt", 4, "missing.jpg");
        Has(DatasetProblemKind.Malformed, "wav2capt.txt", 21);
        Has(DatasetProblemKind.Duplicate, "wav2capt.txt", 22);
        Has(DatasetProblemKind.Malformed, "wav2capt.txt", 23);
        Has(DatasetProblemKind.Missing, "wav2capt.txt", null, "caption 5");
        Has(DatasetProblemKind.Duplicate, "wav2spk.txt", 21);
        Has(DatasetProblemKind.Missing, "30_c.jpg", null);
        Has(DatasetProblemKind.Missing, "30_c_1.wav", null);
        Has(DatasetProblemKind.Unreadable, "30_c_2.wav", null, "empty");
        Has(DatasetProblemKind.Unreadable, "30_c_4.wav", null);
        Has(DatasetProblemKind.SplitOverlap, "10_a.jpg", null, "train");
    }

    [Fact]
    public void A_fault_throws_with_file_and_line_where_nobody_listens()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        File.AppendAllText(folder["Flickr8k.token.txt"], "no tab here\n");
        string message = Assert.Throws<InvalidDataException>(
            () => new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train).Count()).Message;
        Assert.Contains("Flickr8k.token.txt', line 26", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_folders_and_tables_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(
            () => new Flickr8kDataset(folder["nowhere"])).Message, StringComparison.Ordinal);
        var empty = new Flickr8kDataset(folder.Path);
        Assert.Contains("captions.txt", Assert.Throws<FileNotFoundException>(
            () => empty.Read(DatasetSplit.Train).Count()).Message, StringComparison.Ordinal);
        Assert.Single(empty.Check(), p => p.Kind == DatasetProblemKind.Missing);
        TinyFlickr8k.Create(folder);
        File.Delete(folder["Flickr_8k.devImages.txt"]);
        Assert.Single(
            empty.Check(), p => p.Kind == DatasetProblemKind.Missing && p.Message.Contains("devImages", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        File.WriteAllBytes(folder["Flickr8k.token.txt"], [.. "10_a.jpg#0\tcaf"u8, 0xE9, (byte)'\n']);
        Assert.Contains("UTF-8", Assert.Throws<InvalidDataException>(
            () => new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train).Count()).Message, StringComparison.Ordinal);
    }

    [SharedFact("samples/flickr8k/Flickr8k.token.txt")]
    public void The_real_tables_have_the_published_numbers()
    {
        var dataset = new Flickr8kDataset(TestFiles.InShared("samples", "flickr8k"));
        Assert.Equal([30_000, 5_000, 5_000], dataset.Splits.Select(split => dataset.Read(split).Count()));
        Assert.Equal(40_460, dataset.Read().Count());
        Assert.Equal(8_092, dataset.Read().Select(r => r.ImageId).Distinct().Count());
        Assert.Equal(187, dataset.Read().Where(r => File.Exists(r.ImagePath)).Select(r => r.ImageId).Distinct().Count());
        var first = dataset.Read().First();
        Assert.Equal("A child in a pink dress is climbing up a set of stairs in an entry way", first.Caption);
        Assert.Equal("1000268201_693b08cb0e_0", first.Id);
        Assert.All(dataset.Read(DatasetSplit.Test), r => Assert.NotEmpty(r.Caption!));
    }

    [SharedFact("samples/flickr8k/flickr_audio/wav2capt.rebuilt.txt")]
    public void The_whole_table_of_recordings_agrees_with_the_names_that_follow_from_the_images()
    {
        using var folder = new TemporaryFolder();
        string real = TestFiles.InShared("samples", "flickr8k");
        string[] tables = ["Flickr8k.token.txt", "Flickr_8k.trainImages.txt", "Flickr_8k.devImages.txt", "Flickr_8k.testImages.txt"];
        foreach (string name in tables)
        {
            File.Copy(Path.Combine(real, name), folder[name]);
        }

        var named = new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train).ToList();
        Directory.CreateDirectory(folder["flickr_audio"]);
        File.Copy(Path.Combine(real, "flickr_audio", "wav2capt.rebuilt.txt"), folder["flickr_audio", "wav2capt.txt"]);
        Assert.Equal(named, new Flickr8kDataset(folder.Path).Read(DatasetSplit.Train));
    }

    [SharedFact("samples/flickr8k/karpathy/dataset_flickr8k.sample.json")]
    public void Karpathys_real_captions_equal_the_token_files()
    {
        using var folder = new TemporaryFolder();
        string real = TestFiles.InShared("samples", "flickr8k");
        File.Copy(Path.Combine(real, "karpathy", "dataset_flickr8k.sample.json"), folder["dataset_flickr8k.json"]);
        var karpathy = new Flickr8kDataset(folder.Path, new Flickr8kOptions { Tables = Flickr8kTables.Karpathy });
        var official = new Flickr8kDataset(real).Read().ToDictionary(r => r.Id, r => r.Caption);
        Assert.Equal(10, karpathy.Read().Count());
        Assert.All(karpathy.Read(), r => Assert.Equal(official[r.Id], r.Caption));
    }

    [SharedFact("samples/flickr8k/Flicker8k_Dataset")]
    public void The_real_pictures_have_readable_headers()
    {
        var dataset = new Flickr8kDataset(TestFiles.InShared("samples", "flickr8k"));
        var problems = dataset.Check(new DatasetCheckOptions { Media = MediaCheck.Header, Splits = [DatasetSplit.Test] }).ToList();
        Assert.DoesNotContain(problems, p => p.Kind != DatasetProblemKind.Missing);
        Assert.Equal(5_000 + 1_000 - 8, problems.Count);
    }
}
