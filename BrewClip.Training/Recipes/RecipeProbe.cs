using BrewClip.Data.Ravdess;
using BrewClip.Models.Brew;
using BrewClip.Training.Probes;

namespace BrewClip.Training.Recipes;

/// <summary>The test of a probe's recipe.</summary>
public static class RecipeProbe
{
    /// <summary>Probes a model as a recipe says.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="model">The model; its weights do not change. The caller keeps and disposes it.</param>
    /// <param name="dataset">The recordings.</param>
    /// <param name="cache">Where frames are kept between runs; null for this run alone.</param>
    /// <param name="progress">Told what is being done and how far it is.</param>
    /// <param name="cancellation">Checked between recordings and at every step.</param>
    /// <exception cref="InvalidDataException">The model is another than the recipe's, or not one recording can be read.</exception>
    public static EmotionProbeReport Run(
        ProbeRecipe recipe, BrewClipModel model, RavdessDataset dataset, string? cache = null,
        IProgress<(string Stage, ProbeProgress Progress)>? progress = null, CancellationToken cancellation = default)
    {
        recipe.Validate();
        if (model.Config.Variant != recipe.Variant)
        {
            throw new InvalidDataException(
                $"The recipe '{recipe.Name}' is for another model: variant is {model.Config.Variant} there and {recipe.Variant} in the "
                + "recipe.");
        }

        var options = new BrewClipProbeOptions
        {
            Seeds = recipe.Seeds,
            Folds = 0,
            Linear = recipe.Probe == EmotionProbeKind.Linear ? recipe.Training : null,
            FineTuned = recipe.Probe == EmotionProbeKind.FineTuned ? recipe.Training : null,
            Cache = cache,
        };
        return BrewClipProbe.Run(dataset, model, options, progress, cancellation);
    }
}
