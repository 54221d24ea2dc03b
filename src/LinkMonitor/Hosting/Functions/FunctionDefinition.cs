using System.Text.RegularExpressions;

namespace LinkMonitor.Hosting.Functions;

/// <summary>What starts a function: exactly one <see cref="QueueFunctionDefinition"/> or <see cref="TimerFunctionDefinition"/>.</summary>
internal abstract partial record FunctionDefinition
{
    private protected FunctionDefinition(string name)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException($"'{name}' is not a function name: a letter, then up to 126 letters, digits, '-' or '_'.", nameof(name));
        Name = name;
    }

    /// <summary>The name of the <c>[Function]</c>, case as written.</summary>
    public string Name { get; }

    // The rule of the Functions host (Utility.FunctionNameValidationRegex).
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex ValidName();
}
