namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>A corpus on the disk and what tables call it.</summary>
/// <param name="Name">The name: letters, digits, <c>-</c> and <c>_</c>. A corpus to train on and one to test on of the same name belong
/// together.</param>
/// <param name="Folder">A folder of <c>brewclip littleworld generate</c>.</param>
public sealed record CorpusFolder(string Name, string Folder)
{
    internal void Validate()
    {
        if (Name.Length == 0 || !Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new ArgumentException($"'{Name}' is no corpus' name: it has letters, digits, '-' and '_'.");
        }
    }
}
