using BrewClip.Core.Checkpoints;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models;

/// <summary>The small models of the goldens, written to a folder and loaded once for a class of tests.</summary>
public sealed class FormulaModelFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<WhisperModel> _whisper;
    private readonly Lazy<ClipModel> _clip;

    public FormulaModelFixture()
    {
        _whisper = new(() => WhisperModel.Load(WhisperFolder));
        _clip = new(() => ClipModel.Load(ClipFolder));
    }

    public WhisperModel Whisper => _whisper.Value;

    public ClipModel Clip => _clip.Value;

    public string WhisperFolder => Written("whisper", folder => FormulaModels.WriteWhisper(folder));

    public string ClipFolder => Written("clip", folder => FormulaModels.WriteClip(folder));

    public static SafetensorsFile Golden(string model, string file = "forward.safetensors") =>
        SafetensorsFile.Open(TestFiles.Golden(model, file));

    public void Dispose()
    {
        if (_whisper.IsValueCreated)
        {
            Whisper.Dispose();
        }

        if (_clip.IsValueCreated)
        {
            Clip.Dispose();
        }

        _folder.Dispose();
    }

    private string Written(string name, Action<string> write)
    {
        string folder = _folder[name];
        if (!Directory.Exists(folder))
        {
            write(folder);
        }

        return folder;
    }
}
