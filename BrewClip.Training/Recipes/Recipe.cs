using BrewClip.Training.Evaluation;

namespace BrewClip.Training.Recipes;

/// <summary>
/// One experiment as a file: what is trained on what and how, and what it is tested on. <see cref="RecipeFile"/> reads it.
/// </summary>
public abstract record Recipe
{
    /// <summary>The experiment's name, such as <c>table1-flickr8k-full</c>; a run's folder is called so too.</summary>
    public required string Name { get; init; }

    /// <summary>The table of the paper that it belongs to, 1 to 5; null for others.</summary>
    public int? Table { get; init; }

    /// <summary>The row's name in the paper, by which <see cref="PaperFigures"/> finds its figures; null for others.</summary>
    public string? Method { get; init; }

    /// <summary>Checks that the values describe an experiment.</summary>
    /// <exception cref="InvalidDataException">One does not; the message names it.</exception>
    public void Validate()
    {
        string? wrong = this switch
        {
            { Name: "" } => "name is empty",
            _ when Name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()) || Name is "." or ".." =>
                $"name is '{Name}', which no folder can be called",
            { Table: < 1 or > 5 } => $"table is {Table}, and the paper has five",
            _ => Fault(),
        };
        if (wrong is not null)
        {
            throw new InvalidDataException($"The recipe '{Name}' describes no experiment: {wrong}.");
        }

        ValidateParts();
    }

    /// <summary>What the values of this kind of recipe have wrong, as the end of a sentence; null for nothing.</summary>
    private protected abstract string? Fault();

    /// <summary>Checks the parts that have rules of their own.</summary>
    private protected virtual void ValidateParts()
    {
    }
}
