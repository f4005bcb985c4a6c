import dev.bag.*;
import dev.bag.fold.*;
import dev.bag.function.*;
import dev.bag.io.*;
import dev.bag.source.*;
import dev.bag.value.*;
import java.util.*;
import dev.bag.Delayed; // not that of java.util.concurrent
