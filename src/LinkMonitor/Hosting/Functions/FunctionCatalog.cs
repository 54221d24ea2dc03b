namespace LinkMonitor.Hosting.Functions;

/// <summary>Every function of this process. The host's triggers and the standalone loops read the same catalog.</summary>
internal sealed class FunctionCatalog
{
    private readonly Dictionary<string, FunctionRegistration> _byName = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Two functions have one name (the host ignores case there) or one queue.</exception>
    public FunctionCatalog(IEnumerable<FunctionRegistration> registrations)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var queues = new HashSet<string>(StringComparer.Ordinal);
        foreach (var registration in registrations)
        {
            if (!names.Add(registration.Definition.Name))
                throw new InvalidOperationException($"Two functions are named '{registration.Definition.Name}'.");
            if (registration.Definition is QueueFunctionDefinition { QueueName: var queue } && !queues.Add(queue))
                throw new InvalidOperationException($"Two functions read the queue '{queue}'.");
            _byName.Add(registration.Definition.Name, registration);
        }
    }

    public IReadOnlyCollection<FunctionRegistration> All => _byName.Values;

    /// <summary>The function of exactly that name, case included; null when there is none.</summary>
    public FunctionRegistration? Find(string name) => _byName.GetValueOrDefault(name);
}
