namespace LinkMonitor.Engine.Fetching;

/// <summary>Why <see cref="AddressPolicy"/> forbids an address, a host name or a URL.</summary>
/// <param name="Message">A sentence for people that names what is refused, the rule and its source.</param>
public sealed record Refusal(string Message);
