namespace BrewClip.Models.Clip;

/// <summary>Where learned prompt vectors stand in CLIP's text sequence.</summary>
public enum PromptPlacement
{
    /// <summary>[start, prompts, tokens…]: as BrewCLIP's authors ran it.</summary>
    AfterStart,

    /// <summary>[prompts, start, tokens…]: as the paper's wording has it.</summary>
    Front,
}
