using System.Text;
using BrewClip.Core.Text;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Text;

public sealed class TokenizerFileTests : IDisposable
{
    private const int UsualMutations = 250;

    private readonly TemporaryFolder _folder = new();

    public TokenizerFileTests() => HubVocabularyWriter.Save(SmallVocabularies.Clip("c a", "ca t</w>"), _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tokenizer.json", "\"c a\"", "\"c zz\"", "no token 'zz'")]
    [InlineData("tokenizer.json", "\"c a\"", "\"ca\"", "a merge is two tokens")]
    [InlineData("tokenizer.json", "\"c a\"", "7", "a merge is two tokens")]
    [InlineData("tokenizer.json", "\"BPE\"", "\"WordPiece\"", "type 'WordPiece'")]
    [InlineData("tokenizer.json", "\"model\"", "\"modem\"", "tokenizer.json")]
    [InlineData("tokenizer.json", "\"merges\"", "\"murges\"", "lacks the model's 'vocab' or 'merges'")]
    [InlineData("tokenizer.json", "\"id\": 515", "\"id\": -515", "id -515")]
    [InlineData("vocab.json", "\"b\": 65", "\"b\": 64", "gives id 64 to both")]
    [InlineData("vocab.json", "\"b\": 65", "\"b\": -1", "the id -1")]
    [InlineData("vocab.json", "\"b\": 65", "\"b\": 1.5", "the id 1.5")]
    [InlineData("vocab.json", "\"b\": 65", "\"b\": 2000000000", "2000000000")]
    [InlineData("vocab.json", "\"b\": 65", "\"a\": 65", "lists token 'a' twice")]
    [InlineData("vocab.json", "\"b\": 65", "\"b b\": 65", "no token 'b' for byte 0x62")]
    [InlineData("vocab.json", "\"b\": 65", "\"\\ud800\": 65", "vocab.json")]
    [InlineData("vocab.json", "\"<|endoftext|>\"", "\"<|end|>\"", "no token '<|endoftext|>'")]
    [InlineData("merges.txt", "c a", "c  a", "as merge 1")]
    [InlineData("merges.txt", "ca t</w>", "c a", "twice")]
    [InlineData("merges.txt", "ca t</w>", "ca zz", "no token 'zz'")]
    public void A_damaged_file_is_refused_with_its_name_and_the_value(string file, string before, string after, string expected)
    {
        string path = _folder[file];
        string text = File.ReadAllText(path);
        Assert.Contains(before, text);
        File.WriteAllText(path, text.Replace(before, after));
        string load = file == "tokenizer.json" ? file : "vocab.json";
        var failure = Assert.Throws<InvalidDataException>(() => ClipTokenizer.Load(_folder[load]));
        Assert.Contains(expected, failure.Message);
        Assert.Contains(_folder.Path, failure.Message);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        File.Delete(_folder["merges.txt"]);
        Assert.Contains("merges.txt", Assert.Throws<FileNotFoundException>(() => ClipTokenizer.Load(_folder["vocab.json"])).Message);
        Assert.Contains(
            "neither a folder nor a file", Assert.Throws<FileNotFoundException>(() => ClipTokenizer.Load(_folder["none"])).Message);
        using var empty = new TemporaryFolder();
        Assert.Contains("holds no vocabulary", Assert.Throws<FileNotFoundException>(() => WhisperTokenizer.Load(empty.Path)).Message);
    }

    [Fact]
    public void Deep_cut_and_badly_encoded_Json_is_refused()
    {
        foreach (byte[] bytes in new[]
        {
            Encoding.UTF8.GetBytes(new string('[', 100_000)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"model\":", 1000))),
            File.ReadAllBytes(_folder["tokenizer.json"])[..500], [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D], [], "null"u8.ToArray(),
        })
        {
            File.WriteAllBytes(_folder["tokenizer.json"], bytes);
            Assert.Contains("tokenizer.json", Assert.Throws<InvalidDataException>(() => ClipTokenizer.Load(_folder.Path)).Message);
        }
    }

    [Fact]
    public void A_vocabulary_of_another_size_than_the_model_is_refused()
    {
        Assert.Equal(516, ClipTokenizer.Load(_folder.Path, 516).VocabularySize);
        Assert.Contains(
            "holds 516 tokens, but the model was made for 49408",
            Assert.Throws<InvalidDataException>(() => ClipTokenizer.Load(_folder.Path, 49408)).Message);
    }

    [Fact]
    public void The_padding_token_is_what_the_files_say()
    {
        Assert.Equal(515, ClipTokenizer.Load(_folder.Path).PadToken);
        File.Delete(_folder["special_tokens_map.json"]);
        File.WriteAllText(_folder["tokenizer_config.json"], """{"pad_token": {"content": "!"}}""");
        Assert.Equal(0, ClipTokenizer.Load(_folder.Path).PadToken);
    }

    [Fact]
    public void Openais_merge_list_is_read_compressed_or_not()
    {
        string text = "header\nc a\nca t</w>\n";
        File.WriteAllText(_folder["merges-alone.txt"], text);
        using (var gzip = new System.IO.Compression.GZipStream(
            File.Create(_folder["m.txt.gz"]), System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        int[] expected = ClipTokenizer.Load(_folder.Path).Encode("cat act");
        Assert.Equal(expected, ClipTokenizer.Load(_folder["merges-alone.txt"]).Encode("cat act"));
        Assert.Equal(expected, ClipTokenizer.Load(_folder["m.txt.gz"]).Encode("cat act"));
        File.WriteAllBytes(_folder["m.txt.gz"], File.ReadAllBytes(_folder["m.txt.gz"])[..20]);
        Assert.Contains("m.txt.gz", Assert.Throws<InvalidDataException>(() => ClipTokenizer.Load(_folder["m.txt.gz"])).Message);
    }

    [Theory]
    [InlineData("AA== 300", "twice")]
    [InlineData("!!!! 256", "not base64")]
    [InlineData("YWE= x", "a base64 token, a space and its rank")]
    [InlineData("YWE= 12", "gives id 12 to both")]
    public void A_damaged_tiktoken_file_is_refused(string line, string expected)
    {
        string path = _folder["small.tiktoken"];
        File.WriteAllText(path, Tiktoken() + line + "\n");
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => WhisperTokenizer.Load(path)).Message);
    }

    [Fact]
    public void A_tiktoken_file_may_end_in_an_empty_token()
    {
        string path = _folder["small.tiktoken"];
        File.WriteAllText(path, Tiktoken() + "YWE= 256\nYWFi 257\n= 258\n");
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(path);
        Assert.Equal([new("a", "a"), new BytePairMerge("aa", "b")], tokenizer.Vocabulary.Merges);
        Assert.Equal([257, 256], tokenizer.Encode("aabaa"));
        Assert.Equal("", tokenizer.Decode([258]));
        Assert.Equal(259, tokenizer.EndOfText);
    }

    [Fact]
    public void Older_hub_files_name_no_timestamps_and_call_silence_nocaptions()
    {
        using var folder = new TemporaryFolder();
        HubVocabularyWriter.Save(SmallVocabularies.Whisper(), folder.Path);
        File.Delete(folder["tokenizer.json"]);
        string[] names =
        [
            "<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|de|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>",
            "<|startofprev|>", "<|nocaptions|>", "<|notimestamps|>",
        ];
        File.WriteAllText(folder["added_tokens.json"], "{" + string.Join(",", names.Select((name, i) => $"\"{name}\": {256 + i}")) + "}");
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(folder.Path, 256 + 10 + 1501);
        Assert.Equal((264, 266), (tokenizer.NoSpeech, tokenizer.TimestampBegin));
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    public void Random_damage_is_refused_with_a_documented_exception_or_harmless(string file)
    {
        byte[] original = File.ReadAllBytes(_folder[file]);
        var random = new Random(17);
        int mutations = FuzzMutations.PerFile(UsualMutations);
        for (int round = 0; round < mutations; round++)
        {
            File.WriteAllBytes(_folder[file], Mutate(original, random));
            try
            {
                _ = ClipTokenizer.Load(_folder[file == "tokenizer.json" ? file : "vocab.json"]).EncodeForModel("a cat, a dög 12");
            }
            catch (Exception failure) when (failure is InvalidDataException or FileNotFoundException)
            {
                Assert.Contains(_folder.Path, failure.Message);
            }
        }
    }

    [Fact]
    public void A_randomly_damaged_tiktoken_file_is_refused_by_name_or_harmless()
    {
        byte[] original = Encoding.ASCII.GetBytes(Tiktoken() + "YWE= 256\nYWFi 257\n= 258\n");
        var random = new Random(18);
        int mutations = FuzzMutations.PerFile(UsualMutations);
        for (int round = 0; round < mutations; round++)
        {
            File.WriteAllBytes(_folder["small.tiktoken"], Mutate(original, random));
            try
            {
                _ = WhisperTokenizer.Load(_folder["small.tiktoken"]).Encode("aab, a dög 12");
            }
            catch (InvalidDataException failure)
            {
                Assert.Contains("small.tiktoken", failure.Message);
            }
        }
    }

    [Fact]
    public void A_token_of_a_million_bytes_is_refused_before_it_takes_hours()
    {
        File.WriteAllText(_folder["long.tiktoken"], Tiktoken() + Convert.ToBase64String(new byte[1_000_000]) + " 256\n");
        var failure = Assert.Throws<InvalidDataException>(() => WhisperTokenizer.Load(_folder["long.tiktoken"]));
        Assert.Contains("a token of more than 1024 bytes on line 257", failure.Message);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(bytes.Length);
            bytes = random.Next(4) switch
            {
                0 => bytes[..at],
                1 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]],
                2 => [.. bytes[..at], .. bytes[..random.Next(1, Math.Min(30, bytes.Length))], .. bytes[at..]],
                _ => [.. bytes[..at], (byte)random.Next(256), .. bytes[Math.Min(bytes.Length, at + 1)..]],
            };
            bytes = bytes.Length == 0 ? [0] : bytes;
        }

        return bytes;
    }

    private static string Tiktoken() =>
        string.Concat(Enumerable.Range(0, 256).Select(value => $"{Convert.ToBase64String([(byte)value])} {value}\n"));
}
