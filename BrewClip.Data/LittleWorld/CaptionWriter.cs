namespace BrewClip.Data.LittleWorld;

/// <summary>Words scenes in short sentences of different forms. Stateless: safe to call from several threads.</summary>
public static class CaptionWriter
{
    /// <summary>Captions that each image gets, as in Flickr8k.</summary>
    public const int CaptionsPerImage = 5;

    private static readonly string[] _pairsInTraining =
    [
        "{a} {rel} {b} {place}", "there is {a} {rel} {b} {place}", "{place} you can see {a} {rel} {b}", "{b} with {a} {rel} it {place}",
        "in this picture {a} is {rel} {b} {place}", "{a} is {rel} {b}", "look at {a} {rel} {b} {place}",
    ];

    private static readonly string[] _pairsHeldOut =
    [
        "{place} there is {a} {rel} {b}", "this is a picture of {a} {rel} {b} {place}", "you can see {b} {place} with {a} {rel} it",
        "{place} {a} is {rel} {b}", "look {place} there is {b} with {a} {rel} it",
    ];

    private static readonly string[] _groupsInTraining =
    [
        "{a} {place}", "there are {a} {place}", "{place} you can see {a}", "in this picture there are {a} {place}", "look at {a} {place}",
        "{a} are {place}",
    ];

    private static readonly string[] _groupsHeldOut =
    [
        "{place} there are {a}", "this is a picture of {a} {place}", "you can see {a} {place}", "look {place} there are {a}",
        "this picture is of {a} {place}",
    ];

    private static readonly string[] _figuresInTraining =
    [
        "{f} next to {a} {place}", "there is {f} beside {a} {place}", "{place} you can see {f} next to {a}",
        "in this picture {f} is beside {a} {place}", "{f} and {a} {place}", "look at {f} next to {a} {place}",
    ];

    private static readonly string[] _figuresHeldOut =
    [
        "{place} there is {f} next to {a}", "this is a picture of {f} beside {a} {place}", "you can see {f} and {a} {place}",
        "look {place} there is {f} beside {a}", "{place} {f} is next to {a}",
    ];

    /// <summary>The sentence forms of a family, with their gaps: what the check of disjoint splits compares.</summary>
    public static IEnumerable<string> Forms(WordingFamily family) => family == WordingFamily.Training
        ? [.. _pairsInTraining, .. _groupsInTraining, .. _figuresInTraining]
        : [.. _pairsHeldOut, .. _groupsHeldOut, .. _figuresHeldOut];

    /// <summary>Five captions of one scene, each in another form of the family. A mood leaves no trace in them.</summary>
    public static IReadOnlyList<SpokenCaption> Write(Scene scene, WordingFamily family, SpeakingStyle style, DeterministicRandom random)
    {
        if (style == SpeakingStyle.Spontaneous)
        {
            return [.. Enumerable.Range(0, CaptionsPerImage).Select(_ => SpontaneousSpeech.Describe(scene, family, random))];
        }

        if (style == SpeakingStyle.Shuffled)
        {
            return [.. Enumerable.Range(0, CaptionsPerImage).Select(_ => ShuffledSpeech.Say(family, random))];
        }

        string[] forms = [.. FormsFor(scene, family)];
        random.Shuffle(forms.AsSpan());
        return [.. forms.Take(CaptionsPerImage).Select(form => Fill(form, scene, random)).Select(text => new SpokenCaption(text, text))];
    }

    private static string[] FormsFor(Scene scene, WordingFamily family)
    {
        bool training = family == WordingFamily.Training;
        return scene switch
        {
            { Figure: not null } => training ? _figuresInTraining : _figuresHeldOut,
            { Second: not null } => training ? _pairsInTraining : _pairsHeldOut,
            _ => training ? _groupsInTraining : _groupsHeldOut,
        };
    }

    private static string Fill(string form, Scene scene, DeterministicRandom random)
    {
        string text = form
            .Replace("{place}", Wording.Of(scene.Background, random), StringComparison.Ordinal)
            .Replace("{a}", Wording.Of(scene.First, random), StringComparison.Ordinal);
        if (scene is { Relation: Relation relation, Second: Thing second })
        {
            text = text
                .Replace("{rel}", Wording.Of(relation, random), StringComparison.Ordinal)
                .Replace("{b}", Wording.Of(second, random), StringComparison.Ordinal);
        }

        return scene.Figure is null ? text : text.Replace("{f}", Wording.Of(scene.Figure, random), StringComparison.Ordinal);
    }
}
