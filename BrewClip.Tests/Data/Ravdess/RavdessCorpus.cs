using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.Ravdess;

/// <summary>All 1440 names of RAVDESS, made once for the tests that only look at names: the files hold a byte each.</summary>
public sealed class RavdessCorpus : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RavdessCorpus()
    {
        for (int actor = 1; actor <= 24; actor++)
        {
            Directory.CreateDirectory(_folder[$"Actor_{actor:00}"]);
            foreach (string name in from emotion in Enumerable.Range(1, 8)
                                    from intensity in Enumerable.Range(1, emotion == 1 ? 1 : 2)
                                    from statement in Enumerable.Range(1, 2)
                                    from repetition in Enumerable.Range(1, 2)
                                    select $"03-01-{emotion:00}-{intensity:00}-{statement:00}-{repetition:00}-{actor:00}.wav")
            {
                File.WriteAllText(_folder[$"Actor_{actor:00}", name], "x");
            }
        }
    }

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
