namespace BrewClip.Data.Loading;

/// <summary>Where a loader stands: the next batch to give. It is all that a resumed run needs to go on with the same batches.</summary>
/// <param name="Epoch">Passes over the data that are done.</param>
/// <param name="Batch">Batches of this epoch that are done, those left out included.</param>
public readonly record struct LoaderPosition(int Epoch, int Batch);
