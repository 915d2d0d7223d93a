using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrewClip.Training.Evaluation;

/// <summary>Recall at 1, 5 and 10 both ways, in percent, as the papers print it.</summary>
/// <param name="SpeechToImage">R@1, R@5, R@10 of utterances that look for their image.</param>
/// <param name="ImageToSpeech">R@1, R@5, R@10 of images that look for one of their utterances.</param>
public sealed record RetrievalFigures(RecallTriple SpeechToImage, RecallTriple ImageToSpeech)
{
    /// <summary>The mean over both directions.</summary>
    public RecallTriple Mean => new(
        (SpeechToImage.At1 + ImageToSpeech.At1) / 2, (SpeechToImage.At5 + ImageToSpeech.At5) / 2,
        (SpeechToImage.At10 + ImageToSpeech.At10) / 2);
}

/// <summary>Recall at 1, 5 and 10, in percent; not a number where a paper prints none, which is null in JSON.</summary>
/// <param name="At1">R@1.</param>
/// <param name="At5">R@5.</param>
/// <param name="At10">R@10.</param>
public readonly record struct RecallTriple(
    [property: JsonConverter(typeof(UnknownAsNull))] double At1,
    [property: JsonConverter(typeof(UnknownAsNull))] double At5,
    [property: JsonConverter(typeof(UnknownAsNull))] double At10);

/// <summary>A number that may be unknown: NaN here, null in JSON.</summary>
internal sealed class UnknownAsNull : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsNaN(value))
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}
