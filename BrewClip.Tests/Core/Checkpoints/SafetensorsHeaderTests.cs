using System.Buffers.Binary;
using System.Text;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class SafetensorsHeaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_file_shorter_than_its_length_prefix_is_refused(int length) => Refused(new byte[length], "8 bytes");

    [Fact]
    public void A_truncated_header_is_refused_by_name()
    {
        byte[] whole = SafetensorsBytes.Of("{" + SafetensorsBytes.Entry("a", "U8", "[1]", "[0,1]") + "}", 1);
        Refused(whole[..20], "cut off");
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(100_000_001UL)]
    public void A_header_length_beyond_the_format_is_refused(ulong length)
    {
        byte[] file = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Refused(file, length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Truncated_data_is_refused()
    {
        byte[] whole = SafetensorsBytes.Of("{" + SafetensorsBytes.Entry("a", "F32", "[2]", "[0,8]") + "}", new byte[8]);
        Refused(whole[..^1], "'a'");
    }

    [Fact]
    public void Bytes_after_the_last_tensor_are_refused() =>
        Refused(SafetensorsBytes.Of("{" + SafetensorsBytes.Entry("a", "U8", "[1]", "[0,1]") + "}", 1, 2), "accounts for");

    [Fact]
    public void A_shape_of_more_dimensions_than_any_tensor_has_is_refused() => Refused(
        SafetensorsBytes.Of("{" + SafetensorsBytes.Entry("a", "U8", $"[{string.Join(",", Enumerable.Repeat(1, 65))}]", "[0,1]") + "}", 1),
        "more than 64 numbers");

    [Fact]
    public void A_header_that_is_not_utf8_is_refused() =>
        Refused(SafetensorsBytes.Of([(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)'}']), "UTF-8");

    [Theory]
    [InlineData("", "begin")]
    [InlineData("[]", "begin")]
    [InlineData(" {}", "begin")]
    [InlineData("{", "JSON")]
    [InlineData("{}}", "JSON")]
    [InlineData("{} {}", "JSON")]
    [InlineData("{\"a\":1}", "other than an object")]
    [InlineData("{\"a\":null}", "other than an object")]
    [InlineData("{\"a\":{}}", "all of")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", "all of")]
    [InlineData("{\"a\":{\"dtype\":3,\"shape\":[1],\"data_offsets\":[0,1]}}", "wrong kind")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", "wrong kind")]
    [InlineData("{\"__metadata__\":3}", "strings")]
    [InlineData("{\"__metadata__\":{\"a\":1}}", "'a'")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "'a'")]
    public void A_header_that_is_no_table_of_tensors_is_refused(string header, string says) =>
        Refused(SafetensorsBytes.Of(header, 1), says);

    [Fact]
    public void A_deeply_nested_header_is_refused() =>
        Refused(SafetensorsBytes.Of("{\"a\":{\"dtype\":\"U8\",\"x\":" + new string('[', 100_000) + "}}"), "JSON");

    [Theory]
    [InlineData("F31", "[1]", "[0,4]", "unknown dtype 'F31'")]
    [InlineData("F32", "[-1]", "[0,4]", "shape")]
    [InlineData("F32", "[1.5]", "[0,4]", "shape")]
    [InlineData("F32", "[\"1\"]", "[0,4]", "shape")]
    [InlineData("F32", "1", "[0,4]", "shape")]
    [InlineData("F32", "[9223372036854775808]", "[0,4]", "2^63")]
    [InlineData("F32", "[9223372036854775807]", "[0,4]", "2^63")]
    [InlineData("F32", "[4294967296,4294967296]", "[0,4]", "2^63")]
    [InlineData("F32", "[4294967296,4294967296,0]", "[0,0]", "2^63")]
    [InlineData("F32", "[1]", "[0,9223372036854775808]", "2^63")]
    [InlineData("F32", "[1]", "[-4,0]", "data_offsets")]
    [InlineData("F32", "[1]", "[4,0]", "places")]
    [InlineData("F32", "[1]", "[0]", "places")]
    [InlineData("F32", "[1]", "[0,4,8]", "places")]
    [InlineData("F32", "[1]", "[0,8]", "places")]
    [InlineData("F32", "[1]", "[9223372036854775803,9223372036854775807]", "places")]
    [InlineData("F32", "[2]", "[0,4]", "takes 8")]
    [InlineData("F64", "[1]", "[0,4]", "takes 8")]
    [InlineData("U8", "[3]", "[0,3]", "accounts for")]
    [InlineData("U8", "[3]", "[1,4]", "hole")]
    [InlineData("F4", "[3]", "[0,2]", "whole number of bytes")]
    [InlineData("F6_E2M3", "[3]", "[0,2]", "whole number of bytes")]
    public void A_tensor_that_does_not_fit_its_file_is_refused(string type, string shape, string offsets, string says) =>
        Refused(SafetensorsBytes.Of("{" + SafetensorsBytes.Entry("a", type, shape, offsets) + "}", 1, 2, 3, 4), says);

    [Theory]
    [InlineData("[0,3]", "[2,4]", "overlaps")]
    [InlineData("[0,2]", "[3,4]", "hole")]
    [InlineData("[0,4]", "[0,4]", "overlaps")]
    public void Tensors_that_overlap_or_leave_a_hole_are_refused(string first, string second, string says)
    {
        string header = "{" + SafetensorsBytes.Entry(
            "a", "U8", Length(first), first) + "," + SafetensorsBytes.Entry("b", "U8", Length(second), second) + "}";
        Refused(SafetensorsBytes.Of(header, 1, 2, 3, 4), says);
    }

    [Fact]
    public void A_tensor_named_twice_is_refused()
    {
        string entry = SafetensorsBytes.Entry("a", "U8", "[0]", "[0,0]");
        Refused(SafetensorsBytes.Of("{" + entry + "," + entry + "}"), "'a' twice");
    }

    [Fact]
    public void A_property_given_twice_is_refused() =>
        Refused(SafetensorsBytes.Of("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1), "dtype twice");

    [Fact]
    public void A_checkpoint_of_another_kind_is_refused() =>
        Refused(Encoding.ASCII.GetBytes("PK\u0003\u0004 this is a zip archive of pickles"), "safetensors");

    private static string Length(string offsets)
    {
        int[] ends = [.. offsets.Trim('[', ']').Split(',').Select(int.Parse)];
        return $"[{ends[1] - ends[0]}]";
    }

    private static void Refused(byte[] file, string says)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["bad.safetensors"], file);
        var exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(folder["bad.safetensors"]));
        Assert.Contains("bad.safetensors", exception.Message, StringComparison.Ordinal);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }
}
