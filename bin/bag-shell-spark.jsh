import dev.bag.spark.*;
Runner spark = SparkRunner.connect(System.getProperty("spark.master")).appName("bag-shell").build();
