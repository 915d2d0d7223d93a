namespace BrewClip.Cli;

internal static class Program
{
    private static int Main(string[] args)
    {
        Console.Error.WriteLine($"brewclip: no verb '{string.Join(' ', args)}' yet.");
        return 2;
    }
}
