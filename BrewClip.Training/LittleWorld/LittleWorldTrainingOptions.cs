using BrewClip.Training.Recipes;

namespace BrewClip.Training.LittleWorld;

/// <summary>What is trained on what, and where to.</summary>
public sealed record LittleWorldTrainingOptions
{
    /// <summary>Corpora in Flickr8k's layout, one or more; the development split of the first is evaluated on.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>
    /// Corpora that Whisper's stage listens to besides: <c>shuffled</c> ones, whose texts say nothing about their pictures. Vocabularies
    /// are not learned from them, and no other stage reads them. Default: none.
    /// </summary>
    public IReadOnlyList<string> Recordings { get; init; } = [];

    /// <summary>The folder of all stages; each has a folder of its own in it, and goes on from the checkpoint that lies there.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of frames and transcripts; null for <c>caches</c> in <see cref="Folder"/>.</summary>
    public string? Caches { get; init; }

    /// <summary>Steps of the stage; null for the recipe's own number.</summary>
    public int? Steps { get; init; }

    /// <summary>Decides weights and order; null for the recipe's own seed.</summary>
    public int? Seed { get; init; }

    /// <summary>How CLIP is trained.</summary>
    public ClipRecipe Clip { get; init; } = NanoModels.ClipRecipe;

    /// <summary>How Whisper is trained.</summary>
    public WhisperRecipe Whisper { get; init; } = NanoModels.WhisperRecipe;

    /// <summary>How BrewCLIP is trained between the two; the variant is asked for apart.</summary>
    public RetrievalRecipe BrewClip { get; init; } = NanoModels.BrewRecipe;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">There is no corpus, or a number is out of its range.</exception>
    /// <exception cref="InvalidDataException">A recipe describes no experiment.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        if (Data.Count == 0)
        {
            throw new ArgumentException("There is no corpus to train on: give at least one folder.");
        }

        if (Steps is < 1)
        {
            throw new ArgumentException($"{Steps} steps were asked for: give at least 1.");
        }

        Clip.Validate();
        Whisper.Validate();
        BrewClip.Validate();
    }
}
