using System.Reflection;

namespace LinkMonitor.Hosting.Functions;

/// <summary>
/// Every function that a queue or a timer starts, for whoever starts them without the Functions host. It is read from the attributes that
/// the host goes by, so a function, its schedule and its queue are written once.
/// </summary>
internal sealed class FunctionCatalog
{
    // Hidden ones too: a function that the worker could not call must not pass unseen.
    private const BindingFlags EveryMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

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

    /// <summary>The functions among the methods of the types.</summary>
    /// <exception cref="InvalidOperationException">One of them could not be started, or two collide.</exception>
    public static FunctionCatalog Of(params IEnumerable<Type> types) => new(types
        .SelectMany(type => type.GetMethods(EveryMethod))
        .Select(FunctionReader.Read)
        .OfType<FunctionRegistration>());

    public IReadOnlyCollection<FunctionRegistration> All => _byName.Values;

    /// <summary>The function of exactly that name, case included; null when there is none.</summary>
    public FunctionRegistration? Find(string name) => _byName.GetValueOrDefault(name);
}
