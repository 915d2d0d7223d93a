using System.Text.Json;
using System.Text.Json.Nodes;

namespace BrewClip.Models.Loading;

/// <summary>The text of a <c>config.json</c>, indented as the hub's are.</summary>
internal static class ConfigWriter
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public static string Write(JsonObject values) => values.ToJsonString(_indented) + "\n";
}
