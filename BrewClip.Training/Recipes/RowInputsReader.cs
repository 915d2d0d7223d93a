using System.Text;
using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.Recipes;

/// <summary>Finds out what decides a row's figures, as far as it is on this machine: nothing is fetched for it.</summary>
/// <param name="options">Where runs and models are.</param>
internal sealed class RowInputsReader(TableReproductionOptions options)
{
    private readonly HuggingFaceHub _hub = new();

    /// <summary>The inputs of a row.</summary>
    /// <param name="recipe">The row's recipe.</param>
    /// <param name="trainedBy">The recipe of its model's training; null where nothing is trained.</param>
    /// <param name="dataset">What is tested on; null where it is not there.</param>
    /// <param name="cancellation">Heeded between records.</param>
    public async Task<RowInputs> ReadAsync(
        Recipe recipe, RetrievalRecipe? trainedBy, ISpeechDataset<Utterance>? dataset, CancellationToken cancellation) => new(
        ContentHash.OfText(RecipeFile.Write(recipe) + (trainedBy is null ? "" : RecipeFile.Write(trainedBy))),
        dataset is null ? null : HashOf(dataset, (recipe as RetrievalRecipe)?.SplitOf(dataset), cancellation),
        await WeightsAsync(recipe, trainedBy, cancellation).ConfigureAwait(false));

    /// <summary>A frozen model's content; null where it is not there.</summary>
    /// <param name="nameOrFolder">A hub name, or a folder.</param>
    /// <param name="cancellation">Given on to the hub's cache.</param>
    public async Task<string?> HashOfAsync(string nameOrFolder, CancellationToken cancellation)
    {
        try
        {
            var hub = (options.Hub ?? HubOptions.FromEnvironment()) with { Offline = true };
            return ContentHash.OfModel(
                await _hub.ResolveAsync(nameOrFolder, hub, cancellationToken: cancellation).ConfigureAwait(false));
        }
        catch (Exception error) when (error is HubException or ArgumentException)
        {
            return null;
        }
    }

    private async Task<string?> WeightsAsync(Recipe recipe, RetrievalRecipe? trainedBy, CancellationToken cancellation)
    {
        if (trainedBy is null)
        {
            var model = ((RetrievalRecipe)recipe).Model;
            return await JoinAsync("", model.Whisper, model.Clip, cancellation).ConfigureAwait(false);
        }

        string folder = RecipeRun.ModelIn(Path.Combine(options.Folder, trainedBy.Name));
        if (!File.Exists(Path.Combine(folder, "config.json")))
        {
            return null;
        }

        var config = BrewClipConfig.Load(folder);
        return await JoinAsync(
            ContentHash.OfModel(folder), Beside(folder, config.Whisper), Beside(folder, config.Clip), cancellation).ConfigureAwait(false);
    }

    private async Task<string?> JoinAsync(string trained, string whisper, string clip, CancellationToken cancellation) =>
        await HashOfAsync(whisper, cancellation).ConfigureAwait(false) is { } ears
            && await HashOfAsync(clip, cancellation).ConfigureAwait(false) is { } eyes
            ? FrozenFeatureCaches.IdentityIn(ContentHash.OfText($"{trained} {ears} {eyes}"), options.Networks.Type)
            : null;

    // As a checkpoint names what it stands on.
    private static string Beside(string folder, string reference) =>
        Path.GetFullPath(Path.Combine(folder, reference)) is var beside && Directory.Exists(beside) ? beside : reference;

    private static string HashOf(ISpeechDataset<Utterance> dataset, DatasetSplit? split, CancellationToken cancellation)
    {
        var records = new StringBuilder();
        foreach (var utterance in dataset.Read(split, _ => { }))
        {
            cancellation.ThrowIfCancellationRequested();
            var image = utterance as SpokenImageCaption;
            records.AppendLine(JsonSerializer.Serialize((string?[])
            [
                utterance.Id, utterance.Caption, utterance.Speaker, utterance.Label, HashOf(utterance.AudioPath),
                image?.ImageId, HashOf(image?.ImagePath),
            ]));
        }

        return ContentHash.OfText(records.ToString());
    }

    // What cannot be read is left out of the test and named there.
    private static string? HashOf(string? path)
    {
        try
        {
            return path is null ? null : ContentHash.OfFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
