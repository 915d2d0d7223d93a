using System.Globalization;

namespace BrewClip.Training.Tasks;

/// <summary>
/// What a checkpoint must have in common with the task that goes on from it, as text. Numbers are written alike under every culture, within
/// records too, so that a run is gone on with wherever the application stands.
/// </summary>
internal static class TaskFingerprint
{
    /// <summary>The parts, one after another.</summary>
    public static string Of(params ReadOnlySpan<object> parts)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return string.Join(' ', parts);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
